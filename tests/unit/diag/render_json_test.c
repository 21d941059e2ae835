#include "support.h"

#include "base/utf8.h"

static const struct render plain = {.color = COLOR_ANSI};

Test(render_json, gives_an_object_for_nothing)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    expect_rendered(
        &program, render_json, plain,
        "{\"version\":1,\"diagnostics\":[],\"errors\":0,\"warnings\":0}\n");
    arena_close(program.arena);
}

/* Offsets are the file's, although the second file starts later in the map. */
Test(render_json, gives_every_field)
{
    struct program program = program_open(STR("env"), PROFILE_STANDARD);
    source_add(program.map, STR("b.brx"), STR("é x\ny"));
    struct diag *diag = diag_add(program.sink, DIAG_L01,
                                 (struct span){4 + 3, 4 + 6}, STRS(STR("x")));
    diag_label(diag, "here", NO_STRS);
    diag_note(diag, (struct span){0, 3}, "in", NO_STRS);
    diag_remark(diag, "why", NO_STRS);
    diag_help(diag, "do", NO_STRS);
    diag_help(diag, "or", NO_STRS);
    diag_fix(diag, (struct span){7, 8}, STR("z\n"));
    diag_about(diag, STR("b"));
    expect_rendered(&program, render_json, plain,
                    "{\"version\":1,\"diagnostics\":[{\"code\":\"L01\","
                    "\"name\":\"unknown-key\",\"severity\":\"error\","
                    "\"message\":\"unknown word `x`\",\"label\":\"here\","
                    "\"file\":\"b.brx\",\"line\":1,\"column\":4,"
                    "\"endLine\":2,\"endColumn\":2,\"start\":3,\"end\":6,"
                    "\"object\":\"b\",\"notes\":[{\"text\":\"in\","
                    "\"file\":\"a.brx\",\"line\":1,\"column\":1,"
                    "\"endLine\":1,\"endColumn\":4,\"start\":0,\"end\":3},"
                    "{\"text\":\"why\"}],\"helps\":[\"do\",\"or\"],"
                    "\"fixes\":[{\"file\":\"b.brx\",\"start\":3,\"end\":4,"
                    "\"text\":\"z\\u000a\"}]}],\"errors\":1,\"warnings\":0}\n");
    arena_close(program.arena);
}

Test(render_json, has_no_place_fields_without_a_place)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    diag_add(program.sink, DIAG_O01, NO_SPAN,
             STRS(STR("a"), STR("was edited by hand")));
    expect_rendered(&program, render_json, plain,
                    "{\"version\":1,\"diagnostics\":[{\"code\":\"O01\","
                    "\"name\":\"drift\",\"severity\":\"error\","
                    "\"message\":\"`a` was edited by hand\",\"label\":\"\","
                    "\"object\":\"\",\"notes\":[],\"helps\":[],\"fixes\":[]}],"
                    "\"errors\":1,\"warnings\":0}\n");
    arena_close(program.arena);
}

/* The text between the quotes of "message". */
static void
expect_message(struct str text, struct str expected)
{
    struct program program = program_open(STR("x"), PROFILE_STANDARD);
    diag_add(program.sink, DIAG_L12, (struct span){0, 1}, STRS(text));
    struct buf buf;
    buf_init(&buf, program.arena);
    render_json(&buf, &(struct render){program.map, program.sink, COLOR_NONE, 0,
                                       STR("")});
    struct str whole = buf_str(&buf);
    cr_expect_eq(utf8_invalid(whole), whole.len);
    struct str head = STR("{\"version\":1,\"diagnostics\":[{\"code\":\"L12\","
                          "\"name\":\"assert-failed\","
                          "\"severity\":\"error\",\"message\":\"");
    cr_assert(has_prefix(whole, head));
    whole = str_slice(whole, head.len, whole.len);
    cr_expect(has_prefix(whole, expected), "%s",
              arena_cstr(program.arena, whole));
    arena_close(program.arena);
}

Test(render_json, escapes_what_the_rfc_asks_for)
{
    expect_message(STR("\"\\/"), STR("\\\"\\\\/\","));
    expect_message(STR("\0\x1f\x7f\t"), STR("\\u0000\\u001f\\u007f\\u0009\","));
    expect_message(STR("é日😀"), STR("é日😀\","));
    expect_message(STR("\u202E\uFEFF"), STR("\\u202e\\ufeff\","));
    expect_message(STR("\U000E0041"), STR("\\udb40\\udc41\","));
    expect_message(STR("\xff\xed\xa0\x80"), STR("\uFFFD\uFFFD\uFFFD\uFFFD\","));
}

Test(render_json, keeps_a_span_inside_its_file)
{
    struct program program = program_open(STR("ab"), PROFILE_STANDARD);
    source_add(program.map, STR("b.brx"), STR("cd"));
    diag_add(program.sink, DIAG_L12, (struct span){1, 5}, STRS(STR("x")));
    struct buf buf;
    buf_init(&buf, program.arena);
    render_json(&buf, &(struct render){program.map, program.sink, COLOR_NONE, 0,
                                       STR("")});
    struct str whole = buf_str(&buf);
    struct str place = STR("\"line\":1,\"column\":2,\"endLine\":1,"
                           "\"endColumn\":3,\"start\":1,\"end\":2,");
    size_t at = 0;
    while (at + place.len < whole.len &&
           !is_str_equal(str_slice(whole, at, at + place.len), place))
        at++;
    cr_expect_lt(at + place.len, whole.len);
    arena_close(program.arena);
}
