package org.lamplighter.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lamplighter.console.AtomicFile.Access;

final class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void write_replacesTheWholeContent_andLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("key");
        AtomicFile.write(file, new byte[1000], Access.PRIVATE);
        AtomicFile.write(file, new byte[] {1, 2, 3}, Access.PRIVATE);

        assertThat(AtomicFile.read(file, 3)).containsExactly(1, 2, 3);
        assertThat(names()).containsExactly("key");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void write_public_isReadableByEverybody() throws Exception {
        AtomicFile.write(folder.resolve("cert"), new byte[1], Access.PUBLIC);
        assertThat(permissions(folder.resolve("cert"))).isEqualTo("rw-r--r--");
    }

    @Test
    void write_ontoAFolder_failsAndLeavesNothingBeside() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.createFile(taken.resolve("inside"));

        assertThatThrownBy(() -> AtomicFile.write(taken, new byte[1], Access.PUBLIC))
                .isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void rename_doesNotReplaceWhatIsThere() throws Exception {
        Path whole = Files.writeString(folder.resolve("whole"), "new");
        Path taken = Files.writeString(folder.resolve("taken"), "mine");

        assertThatThrownBy(() -> AtomicFile.rename(whole, taken)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(taken).hasContent("mine");
        assertThat(whole).hasContent("new");

        AtomicFile.rename(whole, folder.resolve("free"));
        assertThat(folder.resolve("free")).hasContent("new");
        assertThat(names()).containsExactlyInAnyOrder("taken", "free");

        // The planted fault: the system's own rename replaces it and says nothing.
        Files.move(folder.resolve("free"), taken, StandardCopyOption.ATOMIC_MOVE);
        assertThat(taken).hasContent("new");
    }

    @Test
    void read_largerThanTheCeiling_isRefused() throws Exception {
        AtomicFile.write(folder.resolve("f"), new byte[11], Access.PUBLIC);
        assertThatThrownBy(() -> AtomicFile.read(folder.resolve("f"), 10)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> AtomicFile.read(folder.resolve("none"), 10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void privateFolder_isForTheOwnerAlone() throws Exception {
        AtomicFile.createPrivateFolder(folder.resolve("d"));
        AtomicFile.createPrivateFolder(folder.resolve("d"));
        assertThat(permissions(folder.resolve("d"))).isEqualTo("rwx------");
    }

    @Test
    void folderLock_isHeldByOneAtATime() throws Exception {
        try (FolderLock lock = FolderLock.acquire(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(CommandFailure.class);
        }
        FolderLock.acquire(folder).close();
        assertThatThrownBy(() -> FolderLock.acquire(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
