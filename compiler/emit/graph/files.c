/*
 * Which files of the program become which folders of the output.
 */
#include "emit/graph/graph.h"

/* The last two parts of a folder tell it well enough from others. */
static struct str
folder_of(struct str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    struct str folder = str_slice(path, 0, end > 0 ? end - 1 : 0);
    size_t depth = 0;
    for (size_t i = 0; i < folder.len; i++) {
        if (folder.at[i] == '/' && ++depth == 4)
            return str_slice(folder, 0, i);
    }
    return is_str_empty(folder) ? STR(".") : folder;
}

static size_t
box_find(const struct graph *graph, struct str title)
{
    for (size_t i = 0; i < graph->nodes.count; i++) {
        if (is_str_equal(graph_node(graph, i)->title, title))
            return i;
    }
    return graph->nodes.count;
}

static size_t
box_get(struct graph *graph, struct str title, enum node_look look)
{
    size_t index = box_find(graph, title);
    return index < graph->nodes.count
               ? index
               : graph_node_add(graph, title, look, NO_GROUP);
}

static void
connect(struct graph *graph, size_t from, size_t to)
{
    for (size_t i = 0; i < graph->edges.count; i++) {
        if (graph_edge(graph, i)->from == from &&
            graph_edge(graph, i)->to == to)
            return;
    }
    graph_edge_add(graph, from, to);
}

static void
add_document(struct graph *graph, const struct graph_input *input,
             const struct document *document, size_t *counts)
{
    size_t to = box_get(graph, folder_of(document->path), LOOK_PLAIN);
    const struct span *origins = document->origins.items;
    counts[to]++;
    for (size_t i = 0; i < document->origins.count; i++) {
        const struct source_file *file =
            source_find(input->map, origins[i].start);
        if (file != NULL)
            connect(graph, box_get(graph, file->path, LOOK_OUTSIDE), to);
    }
}

void
graph_files(struct graph *graph, const struct graph_input *input)
{
    size_t box_max =
        source_file_count(input->map) + document_count(input->documents) + 1;
    size_t *counts = arena_array(graph->arena, box_max, sizeof *counts);
    for (size_t i = 0; i < source_file_count(input->map); i++)
        box_get(graph, source_file_at(input->map, i)->path, LOOK_OUTSIDE);
    for (size_t i = 0; i < document_count(input->documents); i++)
        add_document(graph, input, document_at(input->documents, i), counts);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        if (counts[i] > 0)
            graph_line(
                &graph_node(graph, i)->lines,
                arena_format(
                    graph->arena, counts[i] == 1 ? "{} file" : "{} files",
                    STRS(arena_number(graph->arena, (int64_t)counts[i]))));
    }
}
