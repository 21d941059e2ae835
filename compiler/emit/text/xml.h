/*
 * The one way into XML, as SVG is (XML 1.0 2.2, 2.4).
 */
#ifndef EMIT_TEXT_XML_H
#define EMIT_TEXT_XML_H

#include "base/buf.h"

/* Text inside an element or between double quotes. What cannot be shown is
 * U+FFFD. */
void xml_text(struct buf *buf, struct str text);

#endif
