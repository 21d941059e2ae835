#include "check/credentials.h"

#include <criterion/criterion.h>

static void
expect_random(const char *text, const char *part)
{
    struct str found = random_part(str_from(text));
    cr_expect(is_str_equal(found, str_from(part)), "`%s`: `%.*s`", text,
              (int)found.len, found.at);
}

Test(credentials, keys_are_random)
{
    expect_random("q3Vt9Xk2LmZp8RwY5sHc1JbN7dFg0TaE",
                  "q3Vt9Xk2LmZp8RwY5sHc1JbN7dFg0TaE");
    expect_random("postgres://db?key=7fKq2PzX9mWc4RtY8bNv3LsD&x=1",
                  "7fKq2PzX9mWc4RtY8bNv3LsD");
    expect_random("0aB1cD2eF3gH4iJ5kL6mN7oP", "0aB1cD2eF3gH4iJ5kL6mN7oP");
}

Test(credentials, names_and_digests_are_not)
{
    static const char *const texts[] = {
        "",
        "getApplicationConfigurationById2024",
        "HorizontalPodAutoscalerBehaviorV2Beta2Stabilization",
        "5f3c8b0e5f3c8b0e5f3c8b0e5f3c8b0e5f3c8b0e5f3c8b0e5f3c8b0e5f3c8b0e",
        "11111111-1111-4111-8111-111111111111",
        "arn:aws:iam::123456789012:role/EksClusterAutoscalerRole2",
        "us-central1-docker.pkg.dev/online-boutique-ci/demo:v0.10.6",
        "2026-11-25T17:52:45Z/2026-11-26T17:52:45Z",
        "AAAAAAAAAAAAAAAAAAAAAAAA111aaaaaaaaaaaaa",
        "-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAL1qZ2dX3k9v",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH9k2Lx7",
        "sum(rate(http_requests_total{status=~\"5..\"}[5m]))",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_random(texts[i], "");
}

Test(credentials, known_forms_have_names)
{
    cr_expect_str_eq(
        credential_find(STR("ghp_abcdefghijklmnopqrstuvwxyz012345")),
        "a GitHub token");
    cr_expect_null(credential_find(STR("ghp_short")));
    cr_expect_str_eq(credential_find(STR("redis://u:p@cache")),
                     "a URL with a password");
    cr_expect_null(credential_find(STR("redis://cache:6379")));
}

Test(credentials, names_say_what_is_secret)
{
    cr_expect(is_secret_name(STR("DB_PASSWORD")));
    cr_expect(!is_secret_name(STR("PASSWORD_RESET")));
    cr_expect(!is_secret_name(STR("PUBLIC_API_KEY")));
}
