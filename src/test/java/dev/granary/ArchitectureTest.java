package dev.granary;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;

/** The house style, as far as classes can be asked about it. */
@AnalyzeClasses(packages = "dev.granary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> CONTROLLERS =
            describe("controllers", type -> type.isMetaAnnotatedWith(Controller.class));
    private static final DescribedPredicate<JavaClass> STORES = describe(
            "stores",
            type -> outermost(type).getSimpleName().endsWith("Store")
                    || type.getPackageName().startsWith("dev.granary.storage"));
    private static final DescribedPredicate<JavaClass> SERVICES =
            describe("services", type -> outermost(type).getSimpleName().endsWith("Service"));
    private static final DescribedPredicate<JavaClass> SQL = describe(
            "SQL",
            type -> type.isEquivalentTo(JdbcClient.class)
                    || type.getPackageName().equals("java.sql")
                    || type.getPackageName().startsWith("org.springframework.jdbc"));
    private static final DescribedPredicate<JavaClass> GIT = describe(
            "Git storage",
            type -> type.getPackageName().startsWith("org.eclipse.jgit")
                    || type.getSimpleName().equals("GitFolders"));

    /** The exceptions: what the first start and the command line must say on a console. */
    private static final List<String> CONSOLE =
            List.of("dev.granary.identity.FirstStart", "dev.granary.CommandLine", "dev.granary.BadSettingReporter");

    @ArchTest
    static final ArchRule controllersArePackagePrivate = classes()
            .that(are(CONTROLLERS))
            .should()
            .bePackagePrivate()
            .andShould()
            .haveSimpleNameEndingWith("Controller");

    @ArchTest
    static final ArchRule controllersOnlyBindAndDelegate = noClasses()
            .that(are(CONTROLLERS))
            .should()
            .dependOnClassesThat(are(SQL).or(are(GIT))
                    .or(describe("stores", type -> type.getSimpleName().endsWith("Store"))));

    @ArchTest
    static final ArchRule servicesKnowNeitherHttpNorSql = noClasses()
            .that(are(SERVICES))
            .should()
            .dependOnClassesThat(are(SQL).or(resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")));

    @ArchTest
    static final ArchRule sqlIsInStores =
            noClasses().that(DescribedPredicate.not(are(STORES))).should().dependOnClassesThat(are(SQL));

    @ArchTest
    static final ArchRule storesArePackagePrivate =
            classes().that().haveSimpleNameEndingWith("Store").should().bePackagePrivate();

    @ArchTest
    static final ArchRule gitIsWhereRepositoriesAre = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.granary.activity..",
                    "dev.granary.commits..",
                    "dev.granary.repositories..",
                    "dev.granary.refs..",
                    "dev.granary.merging..",
                    "dev.granary.navigation..",
                    "dev.granary.content..",
                    "dev.granary.statistics..",
                    "dev.granary.remotes..",
                    "dev.granary.reviews..",
                    "dev.granary.search..",
                    "dev.granary.transport..",
                    "dev.granary.workitems..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule noFieldIsInjected = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule nothingElsePrintsToTheConsole = noClasses()
            .that(describe("have no business with the console", type -> !CONSOLE.contains(type.getName())))
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule slf4jIsTheOneLog = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.granary.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule transactionsDoNoGitWork = methods()
            .that(describe(
                    "are transactional",
                    method -> method.isAnnotatedWith(Transactional.class)
                            || method.getOwner().isAnnotatedWith(Transactional.class)))
            .should(notReachGit())
            .allowEmptyShould(true);

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        };
    }

    /** Follows the calls within Granary, so that a helper method hides nothing. */
    private static ArchCondition<JavaMethod> notReachGit() {
        return new ArchCondition<>("not reach Git storage") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Set<JavaCodeUnit> seen = new HashSet<>(Set.of(method));
                var open = new ArrayDeque<JavaCodeUnit>(seen);
                while (!open.isEmpty()) {
                    var unit = open.remove();
                    calls(unit).forEach(call -> {
                        if (GIT.test(call.getTargetOwner())) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " reaches " + call.getDescription()));
                        }
                        callee(call).filter(seen::add).forEach(open::add);
                    });
                }
            }
        };
    }

    private static Stream<? extends JavaAccess<?>> calls(JavaCodeUnit unit) {
        return unit.getAccessesFromSelf().stream();
    }

    private static Stream<JavaCodeUnit> callee(JavaAccess<?> access) {
        return access.getTarget().resolveMember().stream()
                .filter(JavaCodeUnit.class::isInstance)
                .map(JavaCodeUnit.class::cast)
                .filter(unit -> unit.getOwner().getPackageName().startsWith("dev.granary"));
    }
}
