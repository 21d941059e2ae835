/*
 * From an item's text to a value. What a type's text looks like is asked of
 * names.h and quantity.h.
 */
#include "resolve/reading.h"

#include "base/trace.h"
#include "ir/address.h"
#include "ir/quantity.h"
#include "ir/record.h"
#include "ir/idna.h"
#include "resolve/names.h"

/* `5m` is five minutes to one reader and five thousandths to another. */
static void
help_quantity(struct diag *diag, enum type_kind type, struct str text)
{
    if (type == TYPE_DURATION && has_suffix(text, STR("m")))
        diag_help(diag, "write `{}in` for minutes", STRS(text));
    else
        diag_help(diag, "write it like `{}`",
                  STRS(str_from(type_example(type))));
}

static void
report_fine_cpu(const struct reading *reading, const struct argument *argument)
{
    struct diag *diag = diag_add(reading->resolver->sink, DIAG_R08,
                                 argument->span, STRS(argument->text));
    diag_label(diag, "Kubernetes counts whole thousandths of a CPU", NO_STRS);
    diag_help(diag, "write `1m` or more", NO_STRS);
}

static void
report_quantity(const struct reading *reading, const struct argument *argument,
                enum quantity_fault fault)
{
    struct str text = argument->text;
    if (fault == QUANTITY_TOO_FINE && reading->rule->type == TYPE_CPU) {
        report_fine_cpu(reading, argument);
        return;
    }
    struct diag *diag =
        report_fault(reading, DIAG_L04, argument->span, text,
                     STRS(text, str_from(type_name(reading->rule->type))));
    const char *example = type_example(reading->rule->type);
    switch (fault) {
    case QUANTITY_OK:
        break;
    case QUANTITY_BAD:
        help_quantity(diag, reading->rule->type, text);
        break;
    case QUANTITY_NO_UNIT:
        diag_label(diag, "it has no unit", NO_STRS);
        diag_help(diag, "write it like `{}`", STRS(str_from(example)));
        break;
    case QUANTITY_MILLIBYTES:
        diag_label(diag, "`m` means thousandths of a byte here", NO_STRS);
        diag_help(diag, "write `Mi` for mebibytes", NO_STRS);
        break;
    case QUANTITY_TOO_FINE:
        diag_label(diag, "it must be rounded: use a smaller unit", NO_STRS);
        break;
    case QUANTITY_TOO_LARGE:
        diag_label(diag, "too large", NO_STRS);
        break;
    case QUANTITY_DECIMAL:
        break;
    }
}

/* `256M` is a quantity, though `256Mi` was meant: a warning with a fix. */
static void
report_decimal(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    struct diag *diag =
        diag_add_as(resolver->sink, DIAG_L04, SEVERITY_WARNING, argument->span,
                    STRS(argument->text, STR("a binary quantity")));
    struct str binary =
        arena_format(resolver->arena, "{}i", STRS(argument->text));
    diag_label(diag, "a decimal unit, 2.4 % smaller for every step", NO_STRS);
    diag_help(diag, "write `{}`", STRS(binary));
    diag_fix(diag, argument->span, binary);
}

typedef enum quantity_fault quantity_reader(struct str text, int64_t *number);

static const struct value *
read_quantity(const struct reading *reading, const struct argument *argument,
              quantity_reader *reader)
{
    int64_t number = 0;
    enum quantity_fault fault = reader(argument->text, &number);
    if (fault == QUANTITY_DECIMAL)
        report_decimal(reading, argument);
    else if (fault != QUANTITY_OK) {
        report_quantity(reading, argument, fault);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = number;
    value->text = argument->text;
    return value;
}

static bool
has_digits_alone(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]))
            return false;
    }
    return !is_str_empty(text);
}

/* It is a number: what is wrong is how large. */
static void
report_bounds(const struct reading *reading, const struct argument *argument,
              int64_t least, int64_t most)
{
    struct arena *arena = reading->resolver->arena;
    int64_t number;
    bool is_small = str_to_number(argument->text, &number) && number < least;
    struct str bounds = arena_format(
        arena, "{} from {} to {}",
        STRS(str_from(type_name(reading->rule->type)),
             arena_number(arena, least), arena_number(arena, most)));
    struct diag *diag =
        report_fault(reading, DIAG_L03, argument->span, argument->text,
                     STRS(bounds, argument->text));
    diag_label(diag, is_small ? "too small" : "too large", NO_STRS);
}

static const struct value *
read_number(const struct reading *reading, const struct argument *argument,
            int64_t least, int64_t most)
{
    int64_t number = 0;
    if (!str_to_number(argument->text, &number) || number < least ||
        number > most) {
        if (has_digits_alone(argument->text))
            report_bounds(reading, argument, least, most);
        else
            report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = number;
    value->text = argument->text;
    return value;
}

const struct value *
read_text(const struct reading *reading, const struct argument *argument,
          struct str text)
{
    struct value *value = value_new(reading, VALUE_TEXT, argument->span);
    value->text = text;
    value->is_quoted = argument->kind == ARGUMENT_TEXT;
    return value;
}

static const struct value *
read_bool(const struct reading *reading, const struct argument *argument)
{
    bool is_true = is_str_equal(argument->text, STR("true"));
    if (!is_true && !is_str_equal(argument->text, STR("false"))) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_BOOL, argument->span);
    value->number = is_true;
    value->text = argument->text;
    return value;
}

/* A text that a predicate of names.h accepts, or the fault `code`. */
static const struct value *
read_named(const struct reading *reading, const struct argument *argument,
           bool is_right, enum diag_code code)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    struct diag *diag = report_fault(reading, code, argument->span,
                                     argument->text, STRS(argument->text));
    diag_help(diag, "write it like `{}`",
              STRS(str_from(type_example(reading->rule->type))));
    return poison_value(reading->resolver, argument->span);
}

/* As read_named, for codes whose headline also says what it should be. */
static const struct value *
read_kind(const struct reading *reading, const struct argument *argument,
          bool is_right, enum diag_code code)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    struct diag *diag = report_fault(
        reading, code, argument->span, argument->text,
        STRS(argument->text, str_from(type_name(reading->rule->type))));
    diag_help(diag, "write it like `{}`",
              STRS(str_from(type_example(reading->rule->type))));
    return poison_value(reading->resolver, argument->span);
}

static const struct value *
read_plain(const struct reading *reading, const struct argument *argument,
           bool is_right)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    report_mismatch(reading, argument);
    return poison_value(reading->resolver, argument->span);
}

static enum diag_code
host_code(enum host_fault fault)
{
    if (fault == HOST_LABEL_TOO_LONG || fault == HOST_NAME_TOO_LONG)
        return DIAG_D01;
    return fault == HOST_UNDERSCORE ? DIAG_D03 : DIAG_D02;
}

static void
report_host(const struct reading *reading, const struct argument *argument,
            enum host_fault fault)
{
    struct diag *diag = report_fault(reading, host_code(fault), argument->span,
                                     argument->text, STRS(argument->text));
    if (fault == HOST_LABEL_TOO_LONG)
        diag_label(diag, "a label of more than 63 characters", NO_STRS);
    else if (fault == HOST_NAME_TOO_LONG)
        diag_label(diag, "more than 253 characters", NO_STRS);
}

static struct str
ascii_lower_text(struct arena *arena, struct str text)
{
    char *copy = arena_new(arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = ascii_lower(text.at[i]);
    trace_derived(arena, (struct str){copy, text.len}, text, true);
    return (struct str){copy, text.len};
}

static const struct value *
read_cron(const struct reading *reading, const struct argument *argument)
{
    if (!is_cron(argument->text))
        return read_named(reading, argument, false, DIAG_N22);
    return read_text(reading, argument,
                     cron_text(reading->resolver->arena, argument->text));
}

/* A last dot is dropped; letters become small; IDNA becomes ASCII. An address
 * has a host's form and is none (RFC 1123 2.1). */
static const struct value *
read_host(const struct reading *reading, const struct argument *argument)
{
    struct arena *arena = reading->resolver->arena;
    struct str text = argument->text;
    struct str host = ascii_lower_text(arena, text);
    if (has_suffix(host, STR(".")))
        host = str_slice(host, 0, host.len - 1);
    if (!idna_to_ascii(arena, host, &host)) {
        report_fault(reading, DIAG_D36, argument->span, text, STRS(text));
        return poison_value(reading->resolver, argument->span);
    }
    enum host_fault fault = host_fault(host);
    if (fault == HOST_OK && !is_ipv4(host))
        return read_text(reading, argument, host);
    report_host(reading, argument, fault);
    return poison_value(reading->resolver, argument->span);
}

/* One address is the block of itself. */
static const struct value *
read_block(const struct reading *reading, const struct argument *argument)
{
    struct arena *arena = reading->resolver->arena;
    struct str text = argument->text;
    if (is_ipv4(text) || is_ipv6(text))
        return read_text(reading, argument,
                         arena_format(arena, is_ipv4(text) ? "{}/32" : "{}/128",
                                      STRS(text)));
    return read_plain(reading, argument, is_address_block(text));
}

static const struct value *
read_target(const struct reading *reading, const struct argument *argument)
{
    struct str text = argument->text;
    if (is_ipv4(text) || is_ipv6(text) || has_byte(text, '/'))
        return read_block(reading, argument);
    return read_host(reading, argument);
}

/* MAJOR.MINOR */
static const struct value *
read_version(const struct reading *reading, const struct argument *argument)
{
    struct str rest = argument->text;
    struct str major_text = str_cut(&rest, '.');
    int64_t major = 0;
    int64_t minor = 0;
    if (!str_to_number(major_text, &major) || !str_to_number(rest, &minor) ||
        major > 999 || minor > 999) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = major * 1000 + minor;
    value->text = argument->text;
    return value;
}

static const struct value *
read_counted(const struct reading *reading, const struct argument *argument,
             bool is_right, int64_t number)
{
    if (!is_right) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = number;
    value->text = argument->text;
    return value;
}

/* From 1, Monday, to 7 (ISO 8601). */
static const struct value *
read_weekday(const struct reading *reading, const struct argument *argument)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu",
                                       "fri", "sat", "sun"};
    int64_t number = 0;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (is_str_equal(argument->text, str_from(days[i])))
            number = (int64_t)i + 1;
    }
    return read_counted(reading, argument, number > 0, number);
}

/* HH:MM, in minutes; the end of a day is 24:00 (ISO 8601-1:2004 4.2.3). */
static const struct value *
read_time(const struct reading *reading, const struct argument *argument)
{
    struct str rest = argument->text;
    struct str hours = str_cut(&rest, ':');
    int64_t hour = 0;
    int64_t minute = 0;
    bool is_right = hours.len == 2 && rest.len == 2 &&
                    str_to_number(hours, &hour) &&
                    str_to_number(rest, &minute) && minute < 60 &&
                    hour * 60 + minute <= INT64_C(24) * 60;
    return read_counted(reading, argument, is_right, hour * 60 + minute);
}

/* X.Y.Z, perhaps with a `v` before it. */
static bool
is_release(struct str text)
{
    int64_t number = 0;
    int parts = 0;
    if (has_prefix(text, STR("v")))
        text = str_slice(text, 1, text.len);
    for (; !is_str_empty(text); parts++) {
        if (!str_to_number(str_cut(&text, '.'), &number))
            return false;
    }
    return parts == 3;
}

/* [-]DIGITS[.DIGITS] */
static bool
is_number(struct str text)
{
    struct str rest = text;
    if (has_prefix(rest, STR("-")))
        rest = str_slice(rest, 1, rest.len);
    bool has_dot = has_byte(rest, '.');
    struct str whole = str_cut(&rest, '.');
    int64_t number = 0;
    return str_to_number(whole, &number) &&
           (!has_dot || str_to_number(rest, &number));
}

/* A block of addresses stands for its zone. */
static const struct value *
read_zone(const struct reading *reading, const struct argument *argument)
{
    struct str text = argument->text;
    if (!has_byte(text, '/'))
        return read_host(reading, argument);
    struct str name = block_reverse(reading->resolver->arena, text);
    if (is_address_block(text) && !is_str_empty(name))
        return read_text(reading, argument, name);
    struct diag *diag =
        report_fault(reading, DIAG_L03, argument->span, text,
                     STRS(str_from(type_name(TYPE_ZONE)), text));
    diag_help(
        diag,
        "a zone holds whole bytes of an IPv4 address, /8 /16 or /24, or whole digits of an IPv6 one",
        NO_STRS);
    return poison_value(reading->resolver, argument->span);
}

/* RFC 1982 3: 32 bits. */
static const struct value *
read_serial(const struct reading *reading, const struct argument *argument)
{
    struct str text = argument->text;
    int64_t number;
    if (!str_to_number(text, &number) || number <= UINT32_MAX)
        return read_number(reading, argument, 0, UINT32_MAX);
    struct diag *diag =
        report_fault(reading, DIAG_D18, argument->span, text, STRS(text));
    diag_label(diag, "a serial has 32 bits", NO_STRS);
    diag_help(diag, "the largest is 4294967295, and behind it comes 1",
              NO_STRS);
    return poison_value(reading->resolver, argument->span);
}

/* One without a name of its own; the others are the rule's words. */
static bool
is_numbered_type(struct str text)
{
    enum record_type type;
    uint16_t number;
    return has_prefix(text, STR("TYPE")) &&
           record_type_find(text, &type, &number);
}

/* `5%`, `10min`, `3`: the type is that of what stands there. */
static const struct value *
read_measure(const struct reading *reading, const struct argument *argument)
{
    struct argument_rule rule = *reading->rule;
    struct reading inner = *reading;
    struct str text = argument->text;
    int64_t number = 0;
    rule.type = has_suffix(text, STR("%"))          ? TYPE_PERCENT
                : str_to_number(text, &number)      ? TYPE_COUNT
                : reading->rule->type == TYPE_SHARE ? TYPE_COUNT
                                                    : TYPE_DURATION;
    inner.rule = &rule;
    return read_argument(&inner, SHAPE_ONE, argument);
}

const struct value *
read_atom(const struct reading *reading, const struct argument *argument)
{
    struct str text = argument->text;
    switch (reading->rule->type) {
    case TYPE_NAME:
        return read_named(reading, argument, is_dns_label(text), DIAG_N01);
    case TYPE_TEAM:
        return read_named(reading, argument, is_team_slug(text), DIAG_N21);
    case TYPE_EMAIL:
        return read_named(reading, argument, is_email(text), DIAG_N24);
    case TYPE_BRANCH:
        return read_named(reading, argument, is_branch_name(text), DIAG_N15);
    case TYPE_CRON:
        return read_cron(reading, argument);
    case TYPE_TIME_ZONE:
        return read_named(reading, argument, is_time_zone(text), DIAG_N23);
    case TYPE_REGISTRY:
        return read_kind(reading, argument, is_image_registry(text), DIAG_N16);
    case TYPE_IMAGE:
        return read_kind(reading, argument, is_image_name(text), DIAG_N16);
    case TYPE_SECRET_NAME:
    case TYPE_VARIABLE:
        return read_named(reading, argument, is_variable_name(text), DIAG_N07);
    case TYPE_BLOCK:
        return read_block(reading, argument);
    case TYPE_TARGET:
        return read_target(reading, argument);
    case TYPE_HOST:
    case TYPE_DOMAIN:
        return read_host(reading, argument);
    case TYPE_ZONE:
        return read_zone(reading, argument);
    case TYPE_SERIAL:
        return read_serial(reading, argument);
    case TYPE_RECORD_TYPE:
        return read_plain(reading, argument, is_numbered_type(text));
    case TYPE_CPU:
        return read_quantity(reading, argument, cpu_read);
    case TYPE_MEMORY:
        return read_quantity(reading, argument, memory_read);
    case TYPE_DURATION:
        return read_quantity(reading, argument, duration_read);
    case TYPE_PERCENT:
        return read_quantity(reading, argument, percent_read);
    case TYPE_PRICE:
        return read_quantity(reading, argument, price_read);
    case TYPE_COUNT:
        return read_number(reading, argument, 0, INT32_MAX);
    case TYPE_PORT:
    case TYPE_PORTS:
        return read_number(reading, argument, 1, 65535);
    case TYPE_SHARE:
    case TYPE_MEASURE:
        return read_measure(reading, argument);
    case TYPE_VERSION:
        return read_version(reading, argument);
    case TYPE_BOOL:
        return read_bool(reading, argument);
    case TYPE_IPV4:
        return read_plain(reading, argument, is_ipv4(text));
    case TYPE_IPV6:
        return read_plain(reading, argument, is_ipv6(text));
    case TYPE_ADDRESS:
        return read_plain(reading, argument, is_ipv4(text) || is_ipv6(text));
    case TYPE_REPOSITORY:
        return read_plain(reading, argument, is_repository(text));
    case TYPE_UUID:
        return read_plain(reading, argument, is_uuid(text));
    case TYPE_DATE:
        return read_plain(reading, argument, is_date(text));
    case TYPE_WEEKDAY:
        return read_weekday(reading, argument);
    case TYPE_TIME:
        return read_time(reading, argument);
    case TYPE_RELEASE:
        return read_plain(reading, argument, is_release(text));
    case TYPE_URL:
        return read_plain(reading, argument, is_url(text));
    case TYPE_PATH:
        return read_plain(reading, argument, has_prefix(text, STR("/")));
    case TYPE_BELOW:
        return read_plain(reading, argument, is_below_path(text));
    case TYPE_OWNED:
        return read_plain(reading, argument, is_owned_pattern(text));
    case TYPE_MODE:
        return read_plain(reading, argument, is_file_mode(text));
    case TYPE_OBJECT:
        return read_named(reading, argument, is_object_name(text), DIAG_N03);
    case TYPE_ONE_OF:
        return read_plain(reading, argument,
                          reading->key != NULL ||
                              is_detail_word(reading->rule->detail, text));
    case TYPE_NUMBER:
        return read_plain(reading, argument, is_number(text));
    case TYPE_KEY:
    case TYPE_ENV_REF:
    case TYPE_SERVICE_REF:
    case TYPE_PROFILE_REF:
    case TYPE_CHANNEL_REF:
    case TYPE_TAG:
    case TYPE_FILE_PATH:
    case TYPE_TEXT:
    case TYPE_PATTERN:
    case TYPE_CODE:
    case TYPE_OPERAND:
    case TYPE_ANY:
        return read_text(reading, argument, text);
    case TYPE_KIND_COUNT:
        break;
    }
    return poison_value(reading->resolver, argument->span);
}
