#include "check/references.h"

#include <criterion/criterion.h>

/* The hosts of a text, each with ` `; `s` behind a scheme, `p` with a port. */
static void
expect(const char *text, const char *hosts)
{
    struct arena *arena = arena_open();
    struct str seen = STR("");
    struct str rest = str_from(text);
    struct reference reference;
    while (reference_next(arena, &rest, &reference))
        seen = arena_format(arena, "{}{}{}{} ",
                            STRS(seen, reference.host,
                                 reference.has_scheme ? STR("/s") : STR(""),
                                 reference.has_port ? STR("/p") : STR("")));
    cr_expect(is_str_equal(seen, str_from(hosts)), "`%s`: %.*s", text,
              (int)seen.len, seen.at);
    arena_close(arena);
}

Test(references, hosts_alone_and_in_urls)
{
    expect("API.example.com.", "api.example.com ");
    expect("https://u:p@Api.Example.com:8443/a@b?c#d", "api.example.com/s/p ");
    expect("jdbc:postgresql://db.example.com:5432/x", "db.example.com/s/p ");
    expect("mongodb://a.example:1,b.example:2/x", "a.example/s/p b.example/p ");
    expect("http://a;http://b\n c|d", "a/s b/s c d ");
    expect("example.com/path:80", "example.com ");
}

Test(references, what_is_no_host_is_passed_over)
{
    expect("", "");
    expect(" ,;| ", "");
    expect("://", "");
    expect("http://", "");
    expect("http:///x", "");
    expect(".", "");
    expect(":80", "");
    expect("@", "");
    expect("ops@example.com", "");
    expect("ops@example.com, api.example.com", "api.example.com ");
}

static void
expect_inside(const char *host, bool is_inside, const char *service,
              const char *namespace_name, bool has_suffix)
{
    struct cluster_name name;
    bool seen = cluster_name_read(str_from(host), &name);
    cr_expect_eq(seen, is_inside, "%s", host);
    if (!seen)
        return;
    cr_expect(is_str_equal(name.service, str_from(service)), "%s", host);
    cr_expect(is_str_equal(name.namespace_name, str_from(namespace_name)), "%s",
              host);
    cr_expect_eq(name.has_suffix, has_suffix, "%s", host);
}

Test(references, names_inside_a_cluster)
{
    expect_inside("api", true, "api", "", false);
    expect_inside("api.shop", true, "api", "shop", false);
    expect_inside("api.shop.svc", true, "api", "shop", true);
    expect_inside("api.shop.svc.cluster.local", true, "api", "shop", true);
    expect_inside("api.shop.svcs", false, "", "", false);
    expect_inside("api.shop.example", false, "", "", false);
}
