package org.lamplighter.core.epoch;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lamplighter.core.newsroom.StationParameters;

/**
 * Names and sizes of the files of one epoch (docs/spec/04-mailbox.md 4.6): the same for every epoch of a station, whatever
 * the mailbox holds.
 *
 * @param slots N, a multiple of 64 from 64 to 65,536
 */
public record EpochLayout(int slots) {
    /** Body files of an epoch. */
    public static final int BODY_FILES = 64;

    /** Bytes of a hint: Q 32 and tag 16. */
    public static final int HINT_LENGTH = 48;

    /** Bytes of a body: an envelope of 8176 and a tag of 16. */
    public static final int BODY_LENGTH = 8192;

    /** Bytes of the chain file. */
    public static final int CHAIN_LENGTH = Chain.WINDOW * 32;

    public static final String HEAD = "head";
    public static final String PARAMETERS = "parameters";
    public static final String KEYS = "keys";
    public static final String CHAIN = "chain";
    public static final String HINTS = "hints";

    public EpochLayout {
        if (slots < BODY_FILES || slots > 65_536 || slots % BODY_FILES != 0) {
            throw new IllegalArgumentException("slots must be a multiple of 64 from 64 to 65536");
        }
    }

    /** The layout of a station. */
    public static EpochLayout of(StationParameters parameters) {
        return new EpochLayout(parameters.slots());
    }

    /** Bytes of the hints file. */
    public int hintsLength() {
        return slots * HINT_LENGTH;
    }

    /** Rows in each body file. */
    public int rowsPerBodyFile() {
        return slots / BODY_FILES;
    }

    /** Bytes of each body file. */
    public int bodyFileLength() {
        return rowsPerBodyFile() * BODY_LENGTH;
    }

    /** The name of body file {@code index}: {@code bodies/00} to {@code bodies/63}. */
    public static String bodyFile(int index) {
        if (index < 0 || index >= BODY_FILES) {
            throw new IllegalArgumentException("there are 64 body files");
        }
        return "bodies/" + number(index);
    }

    /** All files but the head, in the one order in which every session fetches them (4.11). */
    public static List<String> filesAfterHead() {
        return Stream.concat(
                        Stream.of(PARAMETERS, KEYS, CHAIN, HINTS),
                        IntStream.range(0, BODY_FILES).mapToObj(EpochLayout::bodyFile))
                .toList();
    }

    static String number(int index) {
        return (index < 10 ? "0" : "") + index;
    }
}
