package org.lamplighter.core.newsroom;

import java.util.regex.Pattern;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.MalformedException.Reason;

/** A newsroom's short name (docs/spec 1.1): {@code [a-z0-9][a-z0-9.-]{0,62}}. Immutable. */
public record Origin(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public Origin {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not an origin");
        }
    }

    public static Origin parse(String name) throws MalformedException {
        if (!FORM.matcher(name).matches()) {
            throw new MalformedException(
                    Reason.BAD_FIELD,
                    "origin: 1 to 63 lower-case letters, digits, dots and hyphens, no dot or hyphen first");
        }
        return new Origin(name);
    }

    /** Under which the root key signs notes. */
    public String rootName() {
        return name + "/newsroom";
    }

    /** Under which the station's key signs notes. */
    public String stationName() {
        return name + "/station";
    }
}
