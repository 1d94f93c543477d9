package org.lamplighter.core.evidence.share;

import java.util.List;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.ShareSetId;
import org.lamplighter.core.fuzz.Seeds;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.MalformedException;
import org.lamplighter.core.words.MnemonicException;
import org.lamplighter.testkit.SeededRandom;
import org.lamplighter.testkit.fuzz.FuzzTarget;

/** Shares as people carry them, sealed and in the open. */
public final class ShareFuzz {
    private static final PkeSecretKey KEY =
            PkeSecretKey.fromSeed(SecretBytes.takeOver(SeededRandom.of(70).bytes(PkeSecretKey.SEED_BYTES)));

    private ShareFuzz() {}

    public static List<FuzzTarget> targets() {
        ShareSetId set = ShareSetId.copyOf(new byte[ShareSetId.LENGTH]);
        return List.of(
                FuzzTarget.typedText("share", 512, text -> {
                            try (Share share = Share.parse(text.toCharArray())) {
                                return share.text();
                            }
                        })
                        .refusing(MalformedException.class)
                        .refusing(MnemonicException.class)
                        .seeded(bytes("share_texts", "text")),
                FuzzTarget.canonicalText("share-rule", 48, text -> {
                            String[] lines =
                                    ShareRule.parse(set, text, "share").lines().split("\n", -1);
                            return lines[1].substring("share ".length());
                        })
                        .refusing(MalformedException.class)
                        .seeded("2 of 3, any 2 open")
                        .seeded("16 of 16, any 16 open"),
                FuzzTarget.typedText(
                                "evidence-words",
                                64,
                                text -> EvidenceWords.parse(List.of(text.split(" ", -1)))
                                        .toString())
                        .refusing(MalformedException.class)
                        .seeded("opera dignity Sheriff pink"),
                FuzzTarget.canonicalText(
                                "seal-binding",
                                80,
                                text -> SealBinding.parseHex(text, "binding").hex())
                        .refusing(MalformedException.class)
                        .seeded("a5".repeat(32)),
                FuzzTarget.canonical("sealed-share", 2048, input -> {
                            SealedShare read = SealedShare.parse(input);
                            FuzzTarget.require(read.open(KEY).isEmpty(), "opened by somebody else");
                            return read.toByteArray();
                        })
                        .refusing(MalformedException.class)
                        .seeded(bytes("sealed_shares", "document")));
    }

    private static List<byte[]> bytes(String list, String field) {
        return Seeds.texts("shares.json", list, field).stream()
                .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }
}
