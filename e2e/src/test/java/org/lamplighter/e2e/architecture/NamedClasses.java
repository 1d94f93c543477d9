package org.lamplighter.e2e.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Classes by their full names. */
final class NamedClasses extends DescribedPredicate<JavaClass> {
    private final Set<String> names;

    NamedClasses(String... names) {
        super("one of " + String.join(", ", names));
        this.names = Set.of(names);
    }

    @Override
    public boolean test(JavaClass type) {
        return names.contains(type.getName());
    }
}
