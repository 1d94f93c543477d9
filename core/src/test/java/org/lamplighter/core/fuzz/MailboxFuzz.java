package org.lamplighter.core.fuzz;

import java.util.HexFormat;
import java.util.List;
import org.lamplighter.core.envelope.FetchSecretKey;
import org.lamplighter.core.epoch.EpochLayout;
import org.lamplighter.core.mailbox.AdmissionBuckets;
import org.lamplighter.core.mailbox.Bundle;
import org.lamplighter.core.mailbox.HintPair;
import org.lamplighter.core.mailbox.MailboxRow;
import org.lamplighter.core.newsroom.StationParameters;
import org.lamplighter.core.scan.BodyOpener;
import org.lamplighter.core.scan.Match;
import org.lamplighter.core.scan.Scan;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.wire.NewsroomId;
import org.lamplighter.testkit.Vectors;
import org.lamplighter.testkit.fuzz.FuzzTarget;
import org.lamplighter.testkit.fuzz.Patch;
import tools.jackson.databind.JsonNode;

/** What is posted to a mailbox, what a station keeps of it, and what a reader finds. */
final class MailboxFuzz {
    private MailboxFuzz() {}

    static List<FuzzTarget> targets() throws Exception {
        byte[] bundle = Seeds.hex("mailbox.json", "bundles_of_2", "hex").getFirst();
        Bundle valid = Bundle.parse(bundle, 2);
        byte[] row = valid.rows().getFirst().encode();
        byte[] hint = valid.rows().getFirst().hint().encode();
        AdmissionBuckets.Rates rates = AdmissionBuckets.Rates.of(StationParameters.profile("solo"));
        return List.of(
                FuzzTarget.of("bundle", 256, input -> {
                            byte[] body = Patch.apply(bundle, input);
                            FuzzTarget.requireSame(Bundle.parse(body, 2).encode(), body);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0])
                        .seeded(new byte[] {0, 0, 2, 1, 2}),
                FuzzTarget.of("mailbox-row", 256, input -> {
                            byte[] bytes = Patch.apply(row, input);
                            FuzzTarget.requireSame(MailboxRow.parse(bytes).encode(), bytes);
                            return true;
                        })
                        .refusing(MalformedException.class)
                        .seeded(new byte[0]),
                FuzzTarget.canonical(
                                "hint-pair", 72, input -> HintPair.parse(input).encode())
                        .refusing(MalformedException.class)
                        .seeded(hint),
                FuzzTarget.canonical(
                                "admission-buckets",
                                32,
                                input -> AdmissionBuckets.parse(input, rates).encode())
                        .refusing(MalformedException.class)
                        .seeded(AdmissionBuckets.full(rates, 1_795_000_000).encode()),
                scan());
    }

    /** The hints of an epoch and the body file of a row, changed: whatever they are, a reader only finds less. */
    private static FuzzTarget scan() throws Exception {
        JsonNode epoch = Vectors.read("lamplighter/mailbox.json").get("epoch");
        HexFormat hex = HexFormat.of();
        byte[] hints = hex.parseHex(epoch.get("hints").asString());
        NewsroomId newsroom =
                NewsroomId.copyOf(hex.parseHex(epoch.get("newsroom").asString()));
        long number = epoch.get("epoch").asLong();
        JsonNode reader = epoch.get("scans").get(0);
        FetchSecretKey key = FetchSecretKey.parse(
                SecretBytes.takeOver(hex.parseHex(reader.get("fetch_secret_key").asString())));
        int most = reader.get("positions").size();
        EpochLayout layout = new EpochLayout(64);
        return FuzzTarget.of("scan", 256, input -> {
                    List<Match> matches = Scan.of(Patch.apply(hints, input), layout, newsroom, number)
                            .run(key, 1, (done, all) -> {});
                    FuzzTarget.require(matches.size() <= most, "a row was found that nobody sent");
                    for (Match match : matches) {
                        byte[] file = new byte[layout.bodyFileLength()];
                        System.arraycopy(input, 0, file, 0, Math.min(input.length, file.length));
                        FuzzTarget.require(BodyOpener.open(match, file).isEmpty(), "a body that nobody sealed opened");
                        match.close();
                    }
                    return !matches.isEmpty();
                })
                .refusing(MalformedException.class)
                .seeded(new byte[0]);
    }
}
