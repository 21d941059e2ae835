/*
 * broxc completion: scripts for three shells, made from the tables of
 * subcommands and options.
 */
#include "command/command.h"

#include <string.h>

/* Names of ours have no blank and no quote in them. */
static void
print_commands(const char *between)
{
    for (int i = 1; i < COMMAND_COUNT; i++)
        printf("%s%s", i > 1 ? between : "",
               command_text((enum command)i).name);
}

static void
print_options(enum command command)
{
    bool is_first = true;
    for (size_t i = 0; i < option_count(); i++) {
        if (!takes_option(command, i))
            continue;
        printf("%s%s", is_first ? "" : " ", option_text(i).name);
        is_first = false;
    }
}

/* `bash | zsh | fish`: the words that an operand can be. */
static void
print_operands(enum command command)
{
    const char *at = command_text(command).arguments;
    if (strchr(at, '|') == NULL)
        return;
    while (*at != '\0') {
        size_t len = strcspn(at, " ");
        if (strspn(at, "abcdefghijklmnopqrstuvwxyz") >= len && len > 1)
            printf(" %.*s", (int)len, at);
        at += len + strspn(at + len, " ");
    }
}

static bool
takes_file(struct option_text option)
{
    return option.value[0] != '\0' && option.choices[0] == '\0';
}

/* ---- bash --------------------------------------------------------------- */

/* The pattern of a `case` over the subcommand and the word before: each
 * subcommand that takes the option. */
static void
print_bash_pattern(size_t index)
{
    const char *between = "    ";
    for (int i = 1; i < COMMAND_COUNT; i++) {
        if (!takes_option((enum command)i, index))
            continue;
        printf("%s'%s %s'", between, command_text((enum command)i).name,
               option_text(index).name);
        between = " | ";
    }
    fputs(") ", stdout);
}

static void
print_bash_values(void)
{
    for (size_t i = 0; i < option_count(); i++) {
        struct option_text option = option_text(i);
        if (option.value[0] == '\0')
            continue;
        print_bash_pattern(i);
        printf("words='%s' ;;\n", option.choices);
    }
}

static void
print_bash(void)
{
    fputs("# Completes broxc in bash; made by `broxc completion bash`.\n"
          "_broxc() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} words=''\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        words='",
          stdout);
    print_commands(" ");
    fputs(" help --help --version'\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
          "\"$current\")\n"
          "        return\n"
          "    fi\n"
          "    case \"${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD - 1]}\" in\n",
          stdout);
    print_bash_values();
    fputs("    *) case ${COMP_WORDS[1]} in\n", stdout);
    for (int i = 1; i < COMMAND_COUNT; i++) {
        printf("        %s) words='", command_text((enum command)i).name);
        print_options((enum command)i);
        print_operands((enum command)i);
        fputs("' ;;\n", stdout);
    }
    fputs("        help) words='", stdout);
    print_commands(" ");
    fputs("' ;;\n"
          "        esac ;;\n"
          "    esac\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"\n"
          "        [[ $current == -* ]] || compgen -f -- \"$current\")\n"
          "}\n"
          "complete -o filenames -F _broxc broxc\n",
          stdout);
}

/* ---- zsh ---------------------------------------------------------------- */

/* Inside of single quotes and brackets of _arguments. */
static void
print_zsh_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr("[]:\\", *text) != NULL)
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void
print_zsh_option(struct option_text option)
{
    printf("            '*%s[", option.name);
    print_zsh_text(option.help);
    putchar(']');
    if (option.value[0] != '\0') {
        putchar(':');
        print_zsh_text(option.value);
    }
    if (option.choices[0] != '\0')
        printf(":(%s)", option.choices);
    else if (takes_file(option))
        fputs(":_files", stdout);
    fputs("' \\\n", stdout);
}

static void
print_zsh_command(enum command command)
{
    printf("    %s)\n        _arguments \\\n", command_text(command).name);
    for (size_t i = 0; i < option_count(); i++) {
        if (takes_option(command, i))
            print_zsh_option(option_text(i));
    }
    fputs("            '*:argument:{ compadd --", stdout);
    print_operands(command);
    fputs("; _files }'\n        ;;\n", stdout);
}

static void
print_zsh(void)
{
    fputs("#compdef broxc\n"
          "# Completes broxc in zsh; made by `broxc completion zsh`.\n"
          "_broxc() {\n"
          "    local -a commands=(\n",
          stdout);
    for (int i = 1; i < COMMAND_COUNT; i++) {
        printf("        '%s:", command_text((enum command)i).name);
        print_zsh_text(command_text((enum command)i).help);
        fputs("'\n", stdout);
    }
    fputs("        'help:the options of a subcommand'\n"
          "    )\n"
          "    if (( CURRENT == 2 )); then\n"
          "        _describe subcommand commands\n"
          "        return\n"
          "    fi\n"
          "    local subcommand=$words[2]\n"
          "    shift words\n"
          "    (( CURRENT-- ))\n"
          "    case $subcommand in\n",
          stdout);
    for (int i = 1; i < COMMAND_COUNT; i++)
        print_zsh_command((enum command)i);
    fputs("    help) _describe subcommand commands ;;\n"
          "    esac\n"
          "}\n"
          "compdef _broxc broxc\n",
          stdout);
}

/* ---- fish --------------------------------------------------------------- */

static void
print_fish_text(const char *text)
{
    putchar('\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

static void
print_fish_option(const char *command, struct option_text option)
{
    bool is_long = option.name[1] == '-';
    printf("complete -c broxc -n '__fish_seen_subcommand_from %s' -%c %s",
           command, is_long ? 'l' : 's', option.name + (is_long ? 2 : 1));
    if (option.choices[0] != '\0')
        printf(" -x -a '%s'", option.choices);
    else if (takes_file(option))
        fputs(" -r -F", stdout);
    fputs(" -d ", stdout);
    print_fish_text(option.help);
    putchar('\n');
}

static void
print_fish(void)
{
    fputs("# Completes broxc in fish; made by `broxc completion fish`.\n",
          stdout);
    for (int i = 1; i < COMMAND_COUNT; i++) {
        struct command_text command = command_text((enum command)i);
        printf("complete -c broxc -n __fish_use_subcommand -f -a %s -d ",
               command.name);
        print_fish_text(command.help);
        printf("\ncomplete -c broxc -n '__fish_seen_subcommand_from %s' -a '",
               command.name);
        print_operands((enum command)i);
        fputs("'\n", stdout);
        for (size_t j = 0; j < option_count(); j++) {
            if (takes_option((enum command)i, j))
                print_fish_option(command.name, option_text(j));
        }
    }
}

int
run_completion(const struct options *options)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {
        {"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    const char *name = options->operand == NULL ? "" : options->operand;
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(name, shells[i].name) == 0) {
            shells[i].print();
            return EXIT_FINE;
        }
    }
    fprintf(stderr, "broxc: completion `%s`: expected bash, zsh or fish\n",
            name);
    return EXIT_USAGE;
}
