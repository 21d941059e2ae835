/*
 * Where the links of written pages lead.
 */
#ifndef TREE_LINKS_H
#define TREE_LINKS_H

#include "diag/diag.h"
#include "tree/open.h"

/* O08: relative links in the Markdown among the documents to what neither a
 * build makes nor the folder holds; one message a page. */
void report_links(const struct tree *tree, const struct documents *documents);

#endif
