package org.lamplighter.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.vectors.MailboxVectors;
import org.lamplighter.core.vectors.Spelled;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.Vectors;
import tools.jackson.databind.JsonNode;

/** The recipient's half of {@code vectors/lamplighter/mailbox.json}. */
final class ScanVectorsTest {
    @Test
    void scans_findThesePositions() throws Exception {
        JsonNode epoch = Vectors.read(MailboxVectors.FILE).get("epoch");
        NewsroomId newsroom =
                NewsroomId.copyOf(Spelled.unhex(epoch.get("newsroom").asString()));
        for (JsonNode vector : epoch.get("scans")) {
            byte[] hints = Spelled.unhex(epoch.get("hints").asString());
            if (vector.has("bytes")) {
                byte[] bytes = Spelled.unhex(vector.get("bytes").asString());
                System.arraycopy(bytes, 0, hints, vector.get("offset").asInt(), bytes.length);
            }
            FetchSecretKey key = FetchSecretKey.parse(SecretBytes.takeOver(
                    Spelled.unhex(vector.get("fetch_secret_key").asString())));
            List<Integer> found = Scan.of(
                            hints,
                            new EpochLayout(64),
                            newsroom,
                            vector.get("epoch").asLong())
                    .run(key, 1, (done, all) -> {})
                    .stream()
                    .map(Match::position)
                    .toList();
            assertThat(found)
                    .as(vector.get("name").asString())
                    .isEqualTo(vector.get("positions")
                            .valueStream()
                            .map(JsonNode::asInt)
                            .toList());
        }
    }
}
