package org.lamplighter.core.backup.open;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lamplighter.testkit.Vectors;

/** The file is what its generator makes; {@code e2e} compares it with the code. */
final class BackupVectorsTest {
    @Test
    void file_isThatOfItsGenerator() {
        assertThat(Vectors.read(BackupVectors.FILE)).isEqualTo(BackupVectors.make());
    }
}
