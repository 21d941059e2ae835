/*
 * Family G, which job of a workflow of the user's own waits for which.
 */
#include "check/workflow_jobs.h"

#include "base/map.h"
#include "base/vec.h"

/* The jobs of one file by their index, and how many each still waits for. */
struct waiting {
    const struct raw *jobs;
    struct map index;  /* name -> struct raw_entry, in `jobs` */
    size_t *left;      /* needs that are there and not done */
    struct vec *after; /* of size_t: who waits for it */
    struct vec ready;  /* of size_t */
};

static size_t
job_index(const struct waiting *waiting, struct str name)
{
    const struct raw_entry *entry = map_find(&waiting->index, name);
    return entry == NULL ? waiting->jobs->entry_count
                         : (size_t)(entry - waiting->jobs->entries);
}

static void
add_needs(struct waiting *waiting, size_t job)
{
    const struct raw *needs =
        raw_find(waiting->jobs->entries[job].value, STR("needs"));
    for (size_t i = 0; i < raw_word_count(needs); i++) {
        size_t need = job_index(waiting, raw_word(needs, i)->text);
        if (need == waiting->jobs->entry_count)
            continue;
        *(size_t *)vec_add(&waiting->after[need]) = job;
        waiting->left[job]++;
    }
    if (waiting->left[job] == 0)
        *(size_t *)vec_add(&waiting->ready) = job;
}

static void
run_jobs(struct waiting *waiting)
{
    for (size_t i = 0; i < waiting->ready.count; i++) {
        size_t done = *(size_t *)vec_at(&waiting->ready, i);
        for (size_t k = 0; k < waiting->after[done].count; k++) {
            size_t next = *(size_t *)vec_at(&waiting->after[done], k);
            waiting->left[next]--;
            if (waiting->left[next] == 0)
                *(size_t *)vec_add(&waiting->ready) = next;
        }
    }
}

/* The first need of a job that never gets done, or NULL. */
static const struct raw *
stuck_word(const struct waiting *waiting, size_t job)
{
    const struct raw *needs =
        raw_find(waiting->jobs->entries[job].value, STR("needs"));
    for (size_t i = 0; i < raw_word_count(needs); i++) {
        const struct raw *word = raw_word(needs, i);
        size_t need = job_index(waiting, word->text);
        if (need < waiting->jobs->entry_count && waiting->left[need] > 0)
            return word;
    }
    return NULL;
}

static size_t
stuck_need(const struct waiting *waiting, size_t job)
{
    const struct raw *word = stuck_word(waiting, job);
    return word == NULL ? job : job_index(waiting, word->text);
}

/* A job that is stuck is on a circle or waits for one: as many steps back as
 * there are jobs end on it. */
static size_t
job_on_circle(const struct waiting *waiting, size_t job)
{
    for (size_t i = 0; i < waiting->jobs->entry_count; i++)
        job = stuck_need(waiting, job);
    size_t first = job;
    for (size_t next = stuck_need(waiting, job); next != job;
         next = stuck_need(waiting, next))
        first = next < first ? next : first;
    return first;
}

static struct waiting
waiting_new(struct check *check, const struct raw *jobs)
{
    struct waiting waiting = {.jobs = jobs};
    struct arena *arena = check->arena;
    map_init(&waiting.index, arena);
    vec_init(&waiting.ready, arena, sizeof(size_t));
    waiting.left = arena_array(arena, jobs->entry_count, sizeof *waiting.left);
    waiting.after =
        arena_array(arena, jobs->entry_count, sizeof *waiting.after);
    for (size_t i = 0; i < jobs->entry_count; i++) {
        vec_init(&waiting.after[i], arena, sizeof(size_t));
        map_put(&waiting.index, jobs->entries[i].key, &jobs->entries[i]);
    }
    return waiting;
}

static void
report_unknown(struct check *check, const struct workflow_file *file,
               const struct waiting *waiting, const struct raw_entry *entry)
{
    struct workflow_job job = workflow_job_of(check, file, entry);
    const struct raw *needs = raw_find(entry->value, STR("needs"));
    for (size_t i = 0; i < raw_word_count(needs); i++) {
        const struct raw *need = raw_word(needs, i);
        if (map_find(&waiting->index, need->text) != NULL)
            continue;
        struct diag *diag = workflow_report(check, DIAG_G13, need->span, &job,
                                            STRS(job.name, need->text));
        diag_label(diag, "the workflow has no such job", NO_STRS);
        diag_help(diag, "name a job of this file", NO_STRS);
    }
}

/* One message a file: its first circle. */
static void
report_circle(struct check *check, const struct workflow_file *file,
              const struct waiting *waiting)
{
    const struct raw *jobs = waiting->jobs;
    for (size_t i = 0; i < jobs->entry_count; i++) {
        if (waiting->left[i] == 0)
            continue;
        size_t first = job_on_circle(waiting, i);
        struct workflow_job job =
            workflow_job_of(check, file, &jobs->entries[first]);
        struct diag *diag =
            workflow_report(check, DIAG_G13, stuck_word(waiting, first)->span,
                            &job, STRS(job.name, job.name));
        diag_label(diag, "what it needs leads back to it", NO_STRS);
        diag_help(diag, "take one `needs` of the circle out", NO_STRS);
        return;
    }
}

static void
judge_needs(struct check *check, const struct workflow_file *file)
{
    const struct raw *jobs = raw_find(file->root, STR("jobs"));
    struct waiting waiting = waiting_new(check, jobs);
    for (size_t i = 0; i < jobs->entry_count; i++) {
        add_needs(&waiting, i);
        report_unknown(check, file, &waiting, &jobs->entries[i]);
    }
    run_jobs(&waiting);
    report_circle(check, file, &waiting);
}

void
check_job_needs(struct check *check)
{
    each_workflow_file(check, judge_needs);
}
