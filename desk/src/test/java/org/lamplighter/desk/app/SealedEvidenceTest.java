package org.lamplighter.desk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.client.Progress;
import org.lamplighter.client.StationSession;
import org.lamplighter.client.VerifiedEpoch;
import org.lamplighter.core.envelope.PkeSecretKey;
import org.lamplighter.core.evidence.FileEntry;
import org.lamplighter.core.evidence.Part;
import org.lamplighter.core.evidence.PartKey;
import org.lamplighter.core.evidence.SealedKeys;
import org.lamplighter.core.evidence.Sealing;
import org.lamplighter.core.evidence.share.KeySealer;
import org.lamplighter.core.evidence.share.SealedShare;
import org.lamplighter.core.evidence.share.Share;
import org.lamplighter.core.evidence.share.ShareRecipient;
import org.lamplighter.core.newsroom.PersonName;
import org.lamplighter.core.newsroom.TrusteeRequest;
import org.lamplighter.core.secret.SecretBytes;
import org.lamplighter.core.wire.Digest;
import org.lamplighter.desk.app.MessageView.SealedView;

/** Evidence that a journalist and a trustee open together, over a real station. */
class SealedEvidenceTest {
    private static final String ADA = "Ada Example";
    private static final String BEN = "Ben Example";
    private static final String GRACE = "Grace Example";

    @TempDir
    private Path base;

    private World world;
    private PkeSecretKey trustee;
    private PartKey ledger;
    private PartKey picture;

    @BeforeEach
    void open() throws Exception {
        world = World.open(base);
        trustee = PkeSecretKey.fromSeed(SecretBytes.generate(32, world.random()));
        ledger = PartKey.generate(world.random());
        picture = PartKey.generate(world.random());
        world.enrol(ADA);
        world.enrol(BEN);
        world.enrolTrustee(new TrusteeRequest(new PersonName(GRACE), trustee.publicKey()));
        world.nextEpoch();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void sealedFiles_areOpenedWithTheTrusteesShare_whichCarriesTheWordsOfTheMessage() throws Exception {
        send("the ledger", ledger, seal(ledger), ADA);
        try (JournalistDesk desk = session(ADA)) {
            String handle = handle(desk, "the ledger");
            SealedView sealed = desk.message(handle).sealed().orElseThrow();
            assertThat(sealed.ownShare()).isTrue();
            assertThat(sealed.copied()).isFalse();
            SealedShare carried = SealedShare.parse(desk.shareFor(handle, GRACE));
            assertThat(carried.binding().words()).isEqualTo(sealed.evidence());
            try (Share share = carried.open(trustee).orElseThrow()) {
                assertThat(share.evidence()).isEqualTo(sealed.evidence());
                assertThat(desk.unseal(handle, List.of(share)).sealed()).isEmpty();
            }
        }
    }

    @Test
    void sealedKeys_thatCameBeforeUnderOtherFiles_areRefused_andTheTextIsRead() throws Exception {
        SealedKeys keys = seal(ledger);
        send("the ledger", ledger, keys, ADA);
        try (JournalistDesk desk = session(ADA)) {
            assertThat(desk.message(handle(desk, "the ledger"))
                            .sealed()
                            .orElseThrow()
                            .copied())
                    .isFalse();
        }
        send("a harmless picture", picture, keys, ADA);
        try (JournalistDesk desk = session(ADA)) {
            String copy = handle(desk, "a harmless picture");
            MessageView message = desk.message(copy);
            assertThat(message.files()).hasSize(1);
            assertThat(message.sealed().orElseThrow().copied()).isTrue();
            assertThat(message.sealed().orElseThrow().ownShare()).isFalse();
            assertThatThrownBy(() -> desk.shareFor(copy, GRACE))
                    .hasMessageContaining("came before, in another message");
            assertCopied(() -> desk.shareFor(copy, GRACE));
            assertCopied(() -> desk.unseal(copy, List.of()));
            assertCopied(() -> desk.ownShare(copy).close());

            String original = handle(desk, "the ledger");
            assertThat(desk.message(original).sealed().orElseThrow().copied()).isFalse();
            assertThat(SealedShare.parse(desk.shareFor(original, GRACE)).open(trustee))
                    .isPresent();
        }
    }

    /** Shows that the check above is made by what was remembered: who never saw the original does not refuse; nothing opens. */
    @Test
    void sealedKeys_copiedToSomebodyWhoNeverSawTheOriginal_giveNoShare() throws Exception {
        send("a harmless picture", picture, seal(ledger), BEN);
        try (JournalistDesk desk = session(BEN)) {
            String copy = handle(desk, "a harmless picture");
            assertThat(desk.message(copy).sealed().orElseThrow().copied()).isFalse();
            assertThat(SealedShare.parse(desk.shareFor(copy, GRACE)).open(trustee))
                    .isEmpty();
        }
    }

    @Test
    void sameSubmissionTwice_isNoCopy() throws Exception {
        SealedKeys keys = seal(ledger);
        send("the ledger", ledger, keys, ADA);
        send("the ledger once more", ledger, keys, ADA);
        try (JournalistDesk desk = session(ADA)) {
            for (String text : List.of("the ledger", "the ledger once more")) {
                assertThat(desk.message(handle(desk, text))
                                .sealed()
                                .orElseThrow()
                                .copied())
                        .isFalse();
            }
        }
    }

    private static void assertCopied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeskFailure.class, failure -> assertThat(failure.kind()).isEqualTo(DeskFailure.Kind.COPIED));
    }

    private void send(String text, PartKey key, SealedKeys keys, String to) throws Exception {
        Digest any = Digest.copyOf(new byte[32]);
        FileEntry file = new FileEntry("evidence.pdf", "application/pdf", 1, any, any, List.of(Part.Keyed.of(key)));
        new TestSource(world).send(text, Optional.empty(), List.of(file.lock()), new Sealing.KOfN(keys), to);
        world.settle();
    }

    /** For Ada and the trustee. */
    private SealedKeys seal(PartKey key) throws Exception {
        try (StationSession session = world.client().session()) {
            VerifiedEpoch epoch = session.fetch(Optional.empty(), Progress.none());
            return KeySealer.seal(
                    List.of(key),
                    2,
                    List.of(
                            ShareRecipient.journalist(
                                    world.listed(ADA).id(),
                                    epoch.keys()
                                            .addressee(world.listed(ADA).id())
                                            .orElseThrow()
                                            .prekey()
                                            .orElseThrow()
                                            .pke()),
                            ShareRecipient.trustee(trustee.publicKey())),
                    world.random());
        }
    }

    private JournalistDesk session(String name) throws Exception {
        JournalistDesk desk = world.desk(name);
        desk.session(Progress.none());
        return desk;
    }

    private static String handle(JournalistDesk desk, String text) throws Exception {
        for (ConversationView conversation : desk.conversations()) {
            for (MessageView message : desk.messages(conversation.designation())) {
                if (message.text().equals(Optional.of(text))) {
                    return message.handle();
                }
            }
        }
        throw new AssertionError("not here: " + text);
    }
}
