package org.lamplighter.core.epoch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.epoch.HeadMemory.Verdict;
import org.lamplighter.core.newsroom.StationKey;
import org.lamplighter.core.note.NoteKey;
import org.lamplighter.core.primitive.Sha256;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.vectors.Cases;
import org.lamplighter.core.vectors.MailboxVectors;
import org.lamplighter.core.vectors.Spelled;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** Heads, chain and memory of {@code vectors/lamplighter/mailbox.json}. */
final class HeadVectorsTest {
    private static final JsonNode VECTORS = Vectors.read(MailboxVectors.FILE);
    private static final StationKey STATION = StationKey.fromSeed(
            SecretBytes.takeOver(Spelled.unhex(VECTORS.get("station_seed").asString())));
    private static final NoteKey KEY =
            new NoteKey(VECTORS.get("station_vkey_name").asString(), STATION.verifyingKey());

    @Test
    void heads_areReadAndSignedByteForByte() throws Exception {
        Chain chain = Chain.beginning();
        for (JsonNode vector : VECTORS.get("heads")) {
            byte[] note = vector.get("note").asString().getBytes(UTF_8);
            Head head = Head.verify(note, KEY);
            SignedHead signed = HeadBuilder.sign(head.contents(), chain, STATION);

            assertThat(signed.note()).isEqualTo(note);
            assertThat(head.epoch()).isEqualTo(vector.get("epoch").asLong());
            assertThat(head.core().hex()).isEqualTo(vector.get("core").asString());
            assertThat(head.chain().hex()).isEqualTo(vector.get("chain").asString());
            chain = signed.chain();
        }
    }

    @Test
    void headCases_areAcceptedAndRefusedAsStandsThere() {
        int refused = 0;
        for (JsonNode vector : VECTORS.get("head_cases")) {
            String result = "ok";
            try {
                Head.verify(vector.get("note").asString().getBytes(UTF_8), KEY);
            } catch (MalformedException e) {
                result = e.reason().name();
                refused++;
            }
            assertThat(result)
                    .as(vector.get("name").asString())
                    .isEqualTo(vector.get("result").asString());
        }
        assertThat(refused).isEqualTo(VECTORS.get("head_cases").size() - 1);
    }

    @Test
    void chainValues_areThese() {
        for (JsonNode vector : VECTORS.get("chain_values")) {
            Chain chain = chain(vector.get("epoch").asInt(), 0);
            assertThat(chain.value().hex()).isEqualTo(vector.get("chain").asString());
            assertThat(Spelled.hex(Sha256.digest(chain.encode())))
                    .isEqualTo(vector.get("file_sha256").asString());
        }
    }

    @Test
    void headTimes_areThoseOfBoundariesAndTheirSlots() {
        for (JsonNode vector : VECTORS.get("head_times")) {
            long time = vector.get("time").asLong();
            boolean fits = new EpochClock(vector.get("epoch_seconds").asLong()).isBoundary(time)
                    && Math.floorDiv(time, vector.get("prekey_seconds").asLong())
                            == vector.get("prekey_slot").asLong();
            assertThat(fits ? "ok" : "BAD_FIELD")
                    .as(vector.get("name").asString())
                    .isEqualTo(vector.get("result").asString());
        }
    }

    @Test
    void chainFiles_areReadAndRefusedAsStandsThere() {
        JsonNode head = VECTORS.get("chain_file_head");
        Cases.check(
                VECTORS.get("chain_files"),
                file -> Chain.parse(
                                file,
                                head.get("epoch").asLong(),
                                Digest.parseHex(head.get("core").asString(), "vector"),
                                Digest.parseHex(head.get("chain").asString(), "vector"))
                        .encode());
    }

    @Test
    void memoryCases_haveTheseVerdicts() throws Exception {
        for (JsonNode vector : VECTORS.get("memory_cases")) {
            int epoch = vector.get("now_epoch").asInt();
            int changed = vector.get("changed_epoch").asInt();
            Digest value = Digest.parseHex(vector.get("now_chain").asString(), "vector");
            Chain now = Chain.parse(chain(epoch, changed).encode(), epoch, core(epoch, changed), value);
            HeadMemory memory = new HeadMemory(
                    vector.get("seen_epoch").asLong(),
                    Digest.parseHex(vector.get("seen_chain").asString(), "vector"));
            String verdict = switch (memory.compare(now)) {
                case Verdict.Fork fork -> fork.reason().name();
                case Verdict other -> other.getClass().getSimpleName();
            };
            assertThat(verdict)
                    .as(vector.get("name").asString())
                    .isEqualTo(vector.get("verdict").asString());
        }
    }

    private static Chain chain(int epoch, int changed) {
        Chain chain = Chain.beginning();
        for (int e = 1; e <= epoch; e++) {
            chain = chain.next(core(e, changed));
        }
        return chain;
    }

    private static Digest core(int epoch, int changed) {
        byte[] number = ByteBuffer.allocate(4).putInt(epoch).array();
        return Digest.copyOf(epoch == changed ? Sha256.digest(number, new byte[] {'x'}) : Sha256.digest(number));
    }
}
