/*
 * The nearest word, by the optimal string alignment distance: insert, delete,
 * replace, and swap two neighbours, each at a cost of one.
 */
#include "diag/near.h"

enum {
    NEAR_DISTANCE_MAX = 2,
    NEAR_WORD_MAX = 64, /* longer words are compared with nothing */
};

static size_t word_distance(struct str a, struct str b);
static size_t least(size_t a, size_t b);

void
near_offer(struct near *near, struct str candidate)
{
    struct str wanted = near->wanted;
    size_t longer = wanted.len > candidate.len ? wanted.len : candidate.len;
    size_t shorter = least(wanted.len, candidate.len);
    if (longer > NEAR_WORD_MAX || longer - shorter > NEAR_DISTANCE_MAX ||
        candidate.len == 0)
        return;
    size_t distance = word_distance(wanted, candidate);
    bool is_near = distance <= NEAR_DISTANCE_MAX && distance * 2 < wanted.len;
    bool is_better = is_str_empty(near->best) || distance < near->distance;
    if (is_near && is_better) {
        near->best = candidate;
        near->distance = distance;
    }
}

/* cost[i][j] turns the first i bytes of `a` into the first j of `b`. */
static size_t
word_distance(struct str a, struct str b)
{
    size_t cost[NEAR_WORD_MAX + 1][NEAR_WORD_MAX + 1];
    for (size_t i = 0; i <= a.len; i++)
        cost[i][0] = i;
    for (size_t j = 0; j <= b.len; j++)
        cost[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        for (size_t j = 1; j <= b.len; j++) {
            size_t replace = a.at[i - 1] == b.at[j - 1] ? 0 : 1;
            bool is_swap = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
                           a.at[i - 2] == b.at[j - 1];
            cost[i][j] = least(cost[i - 1][j], cost[i][j - 1]) + 1;
            cost[i][j] = least(cost[i][j], cost[i - 1][j - 1] + replace);
            if (is_swap)
                cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.len][b.len];
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}
