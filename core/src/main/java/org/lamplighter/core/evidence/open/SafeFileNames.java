package org.lamplighter.core.evidence.open;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names for writing files whose names came from outside (docs/spec 5.9). Whatever goes in, what comes out is one name within
 * one folder, on every usual file system, that looks like what it is. Pure and thread-safe.
 */
public final class SafeFileNames {
    /** The longest name in bytes of UTF-8; 255 is the usual limit, and a suffix of a temporary file must still fit. */
    public static final int MAX_BYTES = 200;

    private static final String REPLACEMENT = "_";
    private static final String NAMELESS = "file";

    /** An extension that a shortened name keeps is at most this long, dot included. */
    private static final int MAX_EXTENSION = 16;

    /** Separators, and what Windows refuses in a name. */
    private static final String FORBIDDEN = "/\\:*?\"<>|";

    /** Devices of Windows, which it finds behind any extension; the digits may be superscripts there. */
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SafeFileNames() {}

    /** A safe form of {@code name}; a safe name stays as it is. */
    public static String of(String name) {
        StringBuilder safe = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().forEach(codePoint -> append(safe, codePoint));
        String trimmed = trimmed(Normalizer.normalize(safe, Normalizer.Form.NFC));
        String guarded = DEVICE.matcher(trimmed).matches() ? REPLACEMENT + trimmed : trimmed;
        String shortened = shortened(guarded, "");
        return shortened.isEmpty() ? NAMELESS : shortened;
    }

    /**
     * A safe form of {@code name} that differs from all of {@code taken}, also where a file system takes capitals and small
     * letters for the same: a number in brackets is added.
     */
    public static String of(String name, Collection<String> taken) {
        Set<String> folded = new HashSet<>();
        taken.forEach(other -> folded.add(folded(other)));
        String safe = of(name);
        String candidate = safe;
        for (int number = 2; folded.contains(folded(candidate)); number++) {
            candidate = shortened(safe, " (" + number + ")");
        }
        return candidate;
    }

    /** Safe names, each different from the others, for all of {@code names} in order. */
    public static List<String> ofAll(List<String> names) {
        List<String> safe = new ArrayList<>();
        names.forEach(name -> safe.add(of(name, safe)));
        return List.copyOf(safe);
    }

    private static void append(StringBuilder safe, int codePoint) {
        switch (Character.getType(codePoint)) {
            // Control and format characters: the latter turn the direction of writing, so that "gpj.exe" reads
            // "exe.jpg".
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> safe.append(REPLACEMENT);
            // Long runs of odd spaces push an extension out of sight.
            case Character.SPACE_SEPARATOR -> safe.append(endsWith(safe, ' ') ? "" : " ");
            default -> {
                if (isForbidden(codePoint)) {
                    safe.append(REPLACEMENT);
                } else {
                    safe.appendCodePoint(codePoint);
                }
            }
        }
    }

    /** Also what some systems turn into a separator when they convert names, such as the full-width solidus. */
    private static boolean isForbidden(int codePoint) {
        if (codePoint < 0x80) {
            return FORBIDDEN.indexOf(codePoint) >= 0;
        }
        return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC)
                .chars()
                .anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    }

    /** No space around, no dot at the end (Windows drops it); no hidden file, option or home folder at the start. */
    private static String trimmed(String name) {
        String inner = withoutEnd(name.stripLeading());
        boolean odd = inner.startsWith(".") || inner.startsWith("-") || inner.startsWith("~");
        return odd ? REPLACEMENT + inner.substring(1) : inner;
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** {@code name} with {@code suffix} before its extension, the stem cut so that all fits. */
    private static String shortened(String name, String suffix) {
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && bytes(name.substring(dot)) <= MAX_EXTENSION;
        String stem = hasExtension ? name.substring(0, dot) : name;
        String extension = hasExtension ? name.substring(dot) : "";
        int room = MAX_BYTES - bytes(suffix) - bytes(extension);
        if (bytes(stem) > room) {
            stem = withoutEnd(cut(stem, room));
        }
        return stem + suffix + extension;
    }

    private static String cut(String text, int room) {
        int end = 0;
        int size = 0;
        while (end < text.length()) {
            String next = Character.toString(text.codePointAt(end));
            size += bytes(next);
            if (size > room) {
                break;
            }
            end += next.length();
        }
        return text.substring(0, end);
    }

    /** What a file system that ignores case, width and form would take a name for. */
    private static String folded(String name) {
        String once = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(once, Normalizer.Form.NFKC);
    }

    private static boolean endsWith(StringBuilder text, char c) {
        return !text.isEmpty() && text.charAt(text.length() - 1) == c;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
