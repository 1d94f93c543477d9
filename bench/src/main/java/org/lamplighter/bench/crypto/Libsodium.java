package org.lamplighter.bench.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/** The ristretto255 of the machine's libsodium, as a peer to compare with and to measure against. */
final class Libsodium {
    private static final String LIBRARY = "libsodium.so.23";
    private static final int BYTES = 32;

    private final MethodHandle multiply;
    private final MethodHandle multiplyBase;
    private final MethodHandle fromUniformBytes;

    private Libsodium(SymbolLookup library) {
        multiply = handle(library, "crypto_scalarmult_ristretto255", 3);
        multiplyBase = handle(library, "crypto_scalarmult_ristretto255_base", 2);
        fromUniformBytes = handle(library, "crypto_core_ristretto255_from_hash", 2);
    }

    /** The library, or nothing where the machine lacks it. */
    @SuppressWarnings("restricted") // a bench may call native code
    static Optional<Libsodium> find() {
        try {
            return Optional.of(new Libsodium(SymbolLookup.libraryLookup(LIBRARY, Arena.global())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    byte[] multiply(byte[] scalar, byte[] element) {
        return call(multiply, scalar, element);
    }

    byte[] multiplyBase(byte[] scalar) {
        return call(multiplyBase, scalar);
    }

    byte[] fromUniformBytes(byte[] uniform) {
        return call(fromUniformBytes, uniform);
    }

    private static byte[] call(MethodHandle function, byte[]... inputs) {
        try (Arena arena = Arena.ofConfined()) {
            Object[] arguments = new Object[1 + inputs.length];
            MemorySegment result = arena.allocate(BYTES);
            arguments[0] = result;
            for (int i = 0; i < inputs.length; i++) {
                arguments[i + 1] = arena.allocateFrom(ValueLayout.JAVA_BYTE, inputs[i]);
            }
            if ((int) function.invokeWithArguments(arguments) != 0) {
                throw new IllegalArgumentException("libsodium refuses the input");
            }
            return result.toArray(ValueLayout.JAVA_BYTE);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // declared by every method handle; this one throws nothing checked
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(SymbolLookup library, String name, int pointers) {
        ValueLayout[] arguments = new ValueLayout[pointers];
        Arrays.fill(arguments, ValueLayout.ADDRESS);
        return Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
