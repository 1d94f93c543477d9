package org.lamplighter.core.primitive.ristretto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.lamplighter.core.secret.SecretBytes;

/**
 * {@code crypto_scalarmult_ristretto255} of the machine's libsodium, 1.0.18 or later, by the foreign function interface.
 * Thread-safe.
 */
final class Sodium implements SodiumSelfTest.Multiplication {
    /** The names under which Linux and macOS know it, newest first. */
    private static final List<String> LIBRARIES =
            List.of("libsodium.so.26", "libsodium.so.23", "libsodium.26.dylib", "libsodium.23.dylib");

    private static final FunctionDescriptor THREE_POINTERS =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

    private final MethodHandle multiply;

    private Sodium(MethodHandle multiply) {
        this.multiply = multiply;
    }

    /** Nothing where it is not there, lacks the function, may not be called or does not start. */
    static Optional<Sodium> find() {
        return LIBRARIES.stream().map(Sodium::load).flatMap(Optional::stream).findFirst();
    }

    @SuppressWarnings("restricted") // the one place of this module that calls native code, and only when asked to
    private static Optional<Sodium> load(String name) {
        try {
            SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
            Linker linker = Linker.nativeLinker();
            MethodHandle start = linker.downcallHandle(
                    library.findOrThrow("sodium_init"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
            if ((int) start.invokeExact() < 0) {
                return Optional.empty();
            }
            return Optional.of(new Sodium(
                    linker.downcallHandle(library.findOrThrow("crypto_scalarmult_ristretto255"), THREE_POINTERS)));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | IllegalCallerException
                | UnsupportedOperationException e) {
            return Optional.empty();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Nothing where libsodium refuses: no encoding, the identity, or a scalar of zero. */
    @Override
    public Optional<byte[]> multiply(Scalar scalar, byte[] encoding) {
        if (encoding[RistrettoElement.BYTES - 1] < 0) {
            return Optional.empty(); // 1.0.18 does not look at this bit: it would take a second encoding of an element
        }
        byte[] n = scalar.encode();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment product = arena.allocate(RistrettoElement.BYTES);
            MemorySegment secret = arena.allocateFrom(ValueLayout.JAVA_BYTE, n);
            MemorySegment element = arena.allocateFrom(ValueLayout.JAVA_BYTE, encoding);
            try {
                int refused = (int) multiply.invokeExact(product, secret, element);
                return refused == 0 ? Optional.of(product.toArray(ValueLayout.JAVA_BYTE)) : Optional.empty();
            } finally {
                product.fill((byte) 0);
                secret.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        } finally {
            SecretBytes.wipe(n);
        }
    }

    /** A method handle declares every exception; these throw none that is checked. */
    private static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
