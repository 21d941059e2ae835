#include "emit/kubernetes/roles.h"

static void
emit_words(struct yaml *yaml, const char *key, const char *words)
{
    struct str rest = str_from(words);
    yaml_list(yaml, key);
    while (!is_str_empty(rest)) {
        struct str word = str_cut(&rest, ' ');
        yaml_item_text(yaml, is_str_equal(word, STR("core")) ? STR("") : word);
    }
    yaml_end(yaml);
}

void
emit_role_rule(struct yaml *yaml, const struct role_rule *rule)
{
    yaml_item(yaml);
    emit_words(yaml, "apiGroups", rule->groups);
    emit_words(yaml, "resources", rule->resources);
    emit_words(yaml, "verbs", rule->verbs);
    yaml_end(yaml);
}

void
emit_role_ref(struct yaml *yaml, struct str role)
{
    yaml_map(yaml, "roleRef");
    yaml_word(yaml, "apiGroup", RBAC_GROUP);
    yaml_word(yaml, "kind", "Role");
    yaml_text(yaml, "name", role);
    yaml_end(yaml);
}

void
emit_group(struct yaml *yaml, struct str group)
{
    yaml_item(yaml);
    yaml_word(yaml, "apiGroup", RBAC_GROUP);
    yaml_word(yaml, "kind", "Group");
    yaml_text(yaml, "name", group);
    yaml_end(yaml);
}
