#include "emit/text/xml.h"

#include "base/printable.h"
#include "base/utf8.h"

void
xml_text(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t point = printable_next(text, &i);
        if (point == '<')
            buf_add(buf, STR("&lt;"));
        else if (point == '>')
            buf_add(buf, STR("&gt;"));
        else if (point == '&')
            buf_add(buf, STR("&amp;"));
        else if (point == '"')
            buf_add(buf, STR("&quot;"));
        else
            utf8_add(buf, is_printable(point) ? point : REPLACEMENT_CHARACTER);
    }
}
