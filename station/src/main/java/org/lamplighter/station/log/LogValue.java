package org.lamplighter.station.log;

/**
 * A value that may stand in a log line. The list is closed: nothing that came in a request, no address, no identifier, no
 * text of an exception and no time can be given to {@link StationLog}.
 */
public sealed interface LogValue {
    /** How the value stands in the line. */
    String text();

    /** An epoch number, which everybody can see in the head. */
    record Epoch(long number) implements LogValue {
        @Override
        public String text() {
            return "epoch " + number;
        }
    }

    /** Days that are left until something expires. */
    record Days(long number) implements LogValue {
        @Override
        public String text() {
            return number + (number == 1 ? " day" : " days");
        }
    }

    /** What went wrong, by the name of its class; its message may hold anything and is left out. */
    record Fault(Class<? extends Throwable> type) implements LogValue {
        public static Fault of(Throwable failure) {
            return new Fault(failure.getClass());
        }

        @Override
        public String text() {
            return type.getName();
        }
    }
}
