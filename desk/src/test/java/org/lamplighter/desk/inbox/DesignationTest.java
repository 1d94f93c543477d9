package org.lamplighter.desk.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.SeededRandom;

class DesignationTest {
    private final SeededRandom random = SeededRandom.of(22);

    @Test
    void draw_isTwoWords_theSameInEveryVault() {
        ConversationId id = ConversationId.copyOf(new byte[ConversationId.LENGTH]);

        Designation drawn = Designation.draw(id, Set.of());

        assertThat(drawn.text()).matches("[a-z]{3,8}-[a-z]{3,8}");
        assertThat(Designation.draw(id, Set.of(new Designation("amber-otter")))).isEqualTo(drawn);
    }

    @Test
    void draw_ofWhatIsTaken_goesOnToTheNext_andAlwaysTheSame() {
        ConversationId id = ConversationId.copyOf(random.bytes(ConversationId.LENGTH));
        Set<Designation> taken = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Designation drawn = Designation.draw(id, taken);
            assertThat(Designation.draw(id, Set.copyOf(taken))).isEqualTo(drawn);
            assertThat(taken.add(drawn)).as("new: %s", drawn).isTrue();
        }
    }

    @Test
    void typed_isReadAsPeopleType() {
        for (String text : List.of("amber-otter", " Amber Otter ", "AMBER_OTTER", "amber - otter", "amber\totter")) {
            assertThat(Designation.typed(text)).isEqualTo(new Designation("amber-otter"));
        }
    }

    @Test
    void nearest_isTheOneWithFewestSlips_upToFour() {
        List<Designation> known =
                List.of(new Designation("amber-otter"), new Designation("amber-other"), new Designation("stone-river"));

        assertThat(new Designation("amber-ottr").nearest(known)).contains(known.get(0));
        assertThat(new Designation("amber-othr").nearest(known)).contains(known.get(1));
        assertThat(new Designation("stne-rivr").nearest(known)).contains(known.get(2));
        assertThat(new Designation("stone").nearest(known)).isEmpty();
        assertThat(new Designation("").nearest(known)).isEmpty();
        assertThat(new Designation("a".repeat(100_000)).nearest(known)).isEmpty();
    }
}
