/*
 * Markdown that others wrote: its tables of pipes (GitHub Flavored Markdown
 * 4.10), and nothing else of it.
 */
#ifndef FOREIGN_MARKDOWN_H
#define FOREIGN_MARKDOWN_H

#include "ir/table.h"

/* Tables in lists, quotes, code and comments are passed over. No text is a
 * fault: what is no table is prose. */
struct tables foreign_read_tables(struct arena *arena,
                                  const struct source_file *file);

#endif
