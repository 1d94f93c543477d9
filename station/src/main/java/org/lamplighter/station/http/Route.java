package org.lamplighter.station.http;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole interface (docs/spec/06-http.md, {@code openapi.yaml}): methods, paths, and the statuses that each can answer
 * with. Everything else is 404.
 */
enum Route {
    HEAD("GET", "/v1/head", "", Set.of(200)),
    EPOCH_FILE(
            "GET",
            "/v1/epochs/{epoch}/{file}",
            "/v1/epochs/([1-9][0-9]{0,17})/(parameters|keys|chain|hints|bodies/(?:[0-5][0-9]|6[0-3]))",
            Set.of(200, 404)),
    BUNDLES("POST", "/v1/bundles", "", Set.of(202, 400, 413, 429)),
    PREKEYS("POST", "/v1/prekeys", "", Set.of(200, 400, 413)),
    COLLECT("POST", "/v1/collect", "", Set.of(200, 403, 413)),
    PUT_CHUNK("PUT", "/v1/chunks/{id}", "/v1/chunks/([0-9a-f]{32})", Set.of(200, 400, 409, 413, 429, 507)),
    GET_CHUNK("GET", "/v1/chunks/{id}", "/v1/chunks/([0-9a-f]{32})", Set.of(200, 404));

    /** Before the first epoch, or when the station cannot do its work (6.10): any route. */
    static final int UNAVAILABLE = 503;

    /** Not HTTP; headers too long: any route. */
    static final Set<Integer> OF_THE_LISTENER = Set.of(400, 431);

    private final String method;
    private final String path;
    private final Pattern pattern;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Integer> statuses;

    Route(String method, String path, String pattern, Set<Integer> statuses) {
        this.method = method;
        this.path = path;
        this.pattern = Pattern.compile(pattern.isEmpty() ? Pattern.quote(path) : pattern);
        this.statuses = statuses;
    }

    /** A route that fits, and what its pattern found. */
    record Match(Route route, Matcher matcher) {
        String group(int number) {
            return matcher.group(number);
        }
    }

    static Optional<Match> find(String method, String target) {
        for (Route route : values()) {
            Matcher matcher = route.pattern.matcher(target);
            if (route.method.equals(method) && matcher.matches()) {
                return Optional.of(new Match(route, matcher));
            }
        }
        return Optional.empty();
    }

    /** What the listener refuses has four statuses (6.9); its other ones mean one of them, or nothing that we know. */
    static int ofTheListener(int status) {
        return switch (status) {
            case 426, 431, 505 -> status;
            case 414 -> 431; // a target that is too long is a header that is too long
            case 501 -> 400; // a transfer coding that we do not know, which is no fault of ours
            default -> status < 500 ? 400 : UNAVAILABLE;
        };
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Set<Integer> statuses() {
        return statuses;
    }
}
