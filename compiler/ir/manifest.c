#include "ir/manifest.h"

struct str
raw_manifest_stem(const struct raw_manifest *manifest)
{
    static const struct str extensions[] = {STR_INIT(".yaml"), STR_INIT(".yml"),
                                            STR_INIT(".json")};
    struct str path = manifest->path;
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        if (path.len > extensions[i].len && has_suffix(path, extensions[i]))
            return str_slice(path, 0, path.len - extensions[i].len);
    }
    return path;
}
