package org.lamplighter.core.primitive.ristretto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Reads the compiled code of this package and refuses whatever could depend on a secret: a branch, an array index or a division
 * with an operand that is not made of loop counters, constants and lengths of arrays alone. Methods that compare or index by
 * something else that is public are listed, each with its reason.
 */
final class ConstantTimeCodeTest {
    private static final List<Class<?>> CODE = List.of(
            FieldElement.class,
            SquareRoot.class,
            EdwardsPoint.class,
            CompletedPoint.class,
            CachedPoint.class,
            PointTable.class,
            PointAccumulator.class,
            RistrettoElement.class,
            GroupOrder.class,
            Scalar.class);

    private static final Set<String> PUBLIC_DECISIONS = Set.of(
            // The only decision is one that the caller learns anyway.
            "RistrettoElement.decode",
            "RistrettoElement.decodeNonIdentity",
            "RistrettoElement.isIdentity",
            "RistrettoElement.equals",
            "Scalar.decode",
            "Scalar.random",
            "Scalar.isZero",
            "Scalar.matches",
            // Whether the scalar was closed.
            "Scalar.limbs",
            // The bits of the order of the group.
            "Scalar.invert",
            // A count of squarings that the code gives.
            "FieldElement.squareRepeatedly",
            // Places in an array that the code gives.
            "FieldElement.setStored",
            "GroupOrder.limbs",
            "GroupOrder.bytes",
            // Only for assertions.
            "FieldElement.areWithinLimit");

    @Test
    void code_hasNoBranchIndexOrDivisionByASecret() {
        Set<String> suspected = CODE.stream()
                .flatMap(type -> suspicions(type).stream())
                .map(Suspicion::method)
                .collect(Collectors.toSet());
        assertThat(suspected).containsExactlyInAnyOrderElementsOf(PUBLIC_DECISIONS);
    }

    @Test
    void leakingCode_isFound() {
        assertThat(suspicions(LeakingCode.class))
                .extracting(Suspicion::method)
                .containsExactlyInAnyOrder(
                        "LeakingCode.selectByBranch",
                        "LeakingCode.selectByIndex",
                        "LeakingCode.negateByBranch",
                        "LeakingCode.reduceByDivision",
                        "LeakingCode.stopEarly");
    }

    private record Suspicion(String method, Opcode opcode) {}

    private static List<Suspicion> suspicions(Class<?> type) {
        List<Suspicion> found = new ArrayList<>();
        for (MethodModel method : ClassFile.of().parse(bytes(type)).methods()) {
            if (method.methodName().equalsString("<clinit>")) {
                continue; // constants only
            }
            String name = type.getSimpleName() + "." + method.methodName().stringValue();
            List<Instruction> code = instructions(method);
            for (int at = 0; at < code.size(); at++) {
                Instruction instruction = code.get(at);
                if (!isAssertion(code, at) && !operandsArePublic(code, at, secretCapableOperands(instruction))) {
                    found.add(new Suspicion(name, instruction.opcode()));
                }
            }
        }
        return found;
    }

    private static List<Instruction> instructions(MethodModel method) {
        List<Instruction> code = new ArrayList<>();
        method.code()
                .ifPresent(model -> model.forEach(element -> {
                    if (element instanceof Instruction instruction) {
                        code.add(instruction);
                    }
                }));
        return code;
    }

    /** How many values on the stack must be public where {@code instruction} stands. */
    private static int secretCapableOperands(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> operandsOf(branch.opcode());
            case ArrayLoadInstruction load -> 1;
            case OperatorInstruction operator ->
                switch (operator.opcode()) {
                    case IDIV, IREM, LDIV, LREM -> 2;
                    default -> 0;
                };
            default -> 0;
        };
    }

    private static int operandsOf(Opcode branch) {
        return switch (branch) {
            case GOTO, GOTO_W -> 0;
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> 2;
            default -> 1;
        };
    }

    /** Walks back over the instructions that made the topmost {@code wanted} values, and looks at each. */
    private static boolean operandsArePublic(List<Instruction> code, int consumer, int wanted) {
        int missing = wanted;
        for (int at = consumer - 1; missing > 0; at--) {
            if (at < 0 || !isPublic(code, code.get(at))) {
                return false;
            }
            missing += consumed(code.get(at)) - 1;
        }
        return true;
    }

    private static boolean isPublic(List<Instruction> code, Instruction instruction) {
        return switch (instruction) {
            case ConstantInstruction constant -> true;
            case StackInstruction copy -> true;
            case LoadInstruction load -> load.opcode().name().startsWith("ALOAD") || isLoopCounter(code, load.slot());
            case FieldInstruction field ->
                field.typeSymbol().isArray() || field.typeSymbol().displayName().equals("PointTable");
            case OperatorInstruction operator -> true;
            default -> false;
        };
    }

    private static int consumed(Instruction instruction) {
        return switch (instruction) {
            case OperatorInstruction operator ->
                switch (operator.opcode()) {
                    case ARRAYLENGTH, INEG, LNEG -> 1;
                    default -> 2;
                };
            case FieldInstruction field -> field.opcode() == Opcode.GETFIELD ? 1 : 0;
            case StackInstruction copy -> 1; // dup2 of an array and an index, before the index is used again
            default -> 0;
        };
    }

    private static boolean isLoopCounter(List<Instruction> code, int slot) {
        return code.stream()
                .anyMatch(instruction -> instruction instanceof IncrementInstruction step && step.slot() == slot);
    }

    /** Whether an assertion begins at, or is evaluated at, this place. */
    private static boolean isAssertion(List<Instruction> code, int at) {
        return code.subList(0, at).stream().anyMatch(ConstantTimeCodeTest::readsAssertionStatus)
                && code.subList(at, code.size()).stream().anyMatch(i -> i.opcode() == Opcode.ATHROW);
    }

    private static boolean readsAssertionStatus(Instruction instruction) {
        return instruction instanceof FieldInstruction field && field.name().equalsString("$assertionsDisabled");
    }

    private static byte[] bytes(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
