#include "check/credentials.h"

#include <criterion/criterion.h>

#include <string.h>

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

/* Just long enough, just mixed enough, just varied enough. */
Test(credentials, keys_are_random_from_a_bound_on)
{
    static const char *const keys[] = {
        "0aB1cD2eF3gH4iJ5kL6mN7oP", "aBcDeFgHiJkLmNo1pQ2rS3tU",
        "A1b2c3d4e5f6g7h8i9j0k1l2", "a1B2C3D4E5F6G7H8I9J0K1L2",
        "A1b2c3d4e5f6g7h8i9j0k1l+", "A1b2c3d4e5f6g7h8i9j0k1l_",
        "A1b2c3d4e5f6g7h8i9j0k1l-", "aa11BB22cc33DD44ee55FF66gg77HH88ii99JJKK",
    };
    static const char *const others[] = {
        "0aB1cD2eF3gH4iJ5kL6mN7o",
        "aBcDeFgHiJkLmNo1pQ2rSxtU",
        "a1b2c3d4e5f6g7h8i9j0k1l2",
        "A1B2C3D4E5F6G7H8I9J0K1L2",
        "A1b2c3d4e5f6g7h8i9j0k1++",
        "A1b2c3d4e5f6g7h8i9j0k1*2",
        "aa11BB22cc33DD44ee55FF66gg77HH88ii999999",
        "=aa11BB22cc33DD44ee55FF66gg77HH88ii999999",
        "  -----BEGIN 0aB1cD2eF3gH4iJ5kL6mN7oP",
        "ssh-0aB1cD2eF3gH4iJ5kL6mN7oP",
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        expect_random(keys[i], keys[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        expect_random(others[i], "");
    expect_random("a=b 0aB1cD2eF3gH4iJ5kL6mN7oP", "0aB1cD2eF3gH4iJ5kL6mN7oP");
}

static void
expect_form(const char *text, const char *label)
{
    const char *found = credential_find(str_from(text));
    cr_expect(label == NULL ? found == NULL
                            : found != NULL && strcmp(found, label) == 0,
              "`%s`: %s", text, found == NULL ? "nothing" : found);
}

Test(credentials, known_forms_have_bounds)
{
    static const char key[] = "an AWS access key";
    static const char url[] = "a URL with a password";
    expect_form("AKIA0123456789ABCDEF", key);
    expect_form("AKIA0123456789ABCDE", NULL);
    expect_form("AKIA0123456789ABCDE AKIA", NULL);
    expect_form("AKIA0123456789ABC_-D", key);
    expect_form("AKIA0123456789ABC.-DEF", NULL);
    expect_form("xAKIA0123456789ABCDEF", NULL);
    expect_form("A AKIA0123456789ABCDEF", key);
    expect_form("AKI AKIA0123456789ABCDEF;", key);
    expect_form("glpat-01234567890123456789", "a GitLab token");
    expect_form("glpat-0123456789012345678", NULL);
    expect_form("-----BEGIN PRIVATE KEY-----\nMC4=", "a private key");
    expect_form("\n-----BEGIN PRIVATE KEY-----\nMC4=", "a private key");
    expect_form("of a PRIVATE KEY, -----BEGIN", NULL);
    expect_form("-----BEGIN CERTIFICATE-----\nMC4=", NULL);
    expect_form("x://u:p@h", url);
    expect_form("x://:p@h", url);
    expect_form("x://u:@h", NULL);
    expect_form("x://u@h", NULL);
    expect_form("x://h/u:p@h", NULL);
    expect_form("x://u:p", NULL);
    expect_form("x:u:p@h", NULL);
    expect_form("a:b x://u:p@h", url);
}
