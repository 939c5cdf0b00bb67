package dev.granary.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test class once on each engine; its constructor takes the {@link TestDatabase}. While developing,
 * {@code -Ddatabase=SQLITE} saves half the time.
 *
 * <p>JUnit's setting that classes run side by side does not reach parameterized ones, so it is said here. It would let
 * the methods of a class run side by side, too: a lock that only the class itself takes keeps them on one thread.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnBothDatabases.Engines.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(providers = OnBothDatabases.OneThread.class)
public @interface OnBothDatabases {
    /** The engines to test on. */
    final class Engines implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            var only = System.getProperty("database");
            return Arrays.stream(TestDatabase.values())
                    .filter(engine -> only == null || engine.name().equals(only))
                    .map(Arguments::of);
        }
    }

    /** A lock for each class. */
    final class OneThread implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return Set.of(new Lock(testClass.getName(), ResourceAccessMode.READ_WRITE));
        }
    }
}
