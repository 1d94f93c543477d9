package org.lamplighter.testkit.fuzz;

import java.util.List;

/** The targets of a module. A class that implements it has a constructor without arguments. */
public interface FuzzTargets {
    /** All targets, each with a name of its own. */
    List<FuzzTarget> all() throws Exception;

    /** An instance of the class {@code name}. */
    static FuzzTargets load(String name) throws ReflectiveOperationException {
        return Class.forName(name)
                .asSubclass(FuzzTargets.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** The target {@code name} of the class {@code targets}. */
    static FuzzTarget find(String targets, String name) throws Exception {
        return load(targets).all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name + " in " + targets));
    }
}
