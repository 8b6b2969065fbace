package io.modelconnector.examples.sidecars;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that hold across the library's modules, all of which are on the class path here. */
class ArchitectureTest {
    private static final String CORE = "io.modelconnector.core..";
    private static final String SERVLET = "io.modelconnector.core.endpoint.servlet..";
    private static final String RHOAI = "io.modelconnector.rhoai..";
    private static final String KSERVE = "io.modelconnector.kserve..";
    private static final String TECHDOCS = "io.modelconnector.techdocs..";

    /** The JDK, and what core brings along. */
    private static final List<String> FOR_ALL = List.of(
            "java..",
            "javax.net..",
            "org.slf4j..",
            "org.jspecify..",
            "com.fasterxml.jackson..",
            "com.github.benmanes.caffeine..");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The contracts for sources and hosts of one's own come in a jar of tests.
            .withImportOption(location -> !location.contains("/contract/"))
            .importPackages(
                    "io.modelconnector.core",
                    "io.modelconnector.rhoai",
                    "io.modelconnector.kserve",
                    "io.modelconnector.techdocs");

    @Test
    void everyModuleIsLookedAt() {
        for (String module : List.of("core", "rhoai", "kserve", "techdocs")) {
            assertThat(LIBRARY.stream().map(JavaClass::getPackageName))
                    .anyMatch(name -> name.startsWith("io.modelconnector." + module));
        }
    }

    @Test
    void coreKnowsNoAdapterAndNoFramework() {
        onlyDependsOn(resideInAPackage(CORE).and(resideOutsideOfPackage(SERVLET)), CORE, "org.yaml.snakeyaml..");
    }

    @Test
    void onlyTheServletKnowsServlets() {
        onlyDependsOn(resideInAPackage(SERVLET), CORE, "jakarta.servlet..");
        noClasses()
                .that(resideOutsideOfPackage(SERVLET))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", SERVLET))
                .because("the container brings jakarta.servlet, and there need not be one")
                .check(LIBRARY);
    }

    @Test
    void registryClientsKnowCoreAndOkHttp() {
        onlyDependsOn(RHOAI, CORE, "okhttp3..", "okio..", "kotlin..");
    }

    @Test
    void kserveKnowsCoreAndTheKubernetesClient() {
        onlyDependsOn(
                KSERVE,
                CORE,
                "io.kubernetes.client..",
                "okhttp3..",
                "okio..",
                "kotlin..",
                "com.google.gson..",
                "org.jose4j..",
                "org.bouncycastle..");
    }

    @Test
    void techdocsKnowsCoreAndParsersOfCards() {
        onlyDependsOn(TECHDOCS, CORE, "org.commonmark..", "org.yaml.snakeyaml..");
    }

    @Test
    void whatUsersSeeMentionsNothingInternal() {
        classes()
                .that(resideOutsideOfPackage("..internal.."))
                .and(areVisibleToUsers())
                .should(mentionOnly(resideOutsideOfPackage("io.modelconnector..internal..")))
                .check(LIBRARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entity", "source", "feed", "normalize", "endpoint", "format"})
    void coreShowsNoThirdPartyType(String name) {
        classes()
                .that(resideInAnyPackage("io.modelconnector.core." + name + ".."))
                .and(resideOutsideOfPackage(SERVLET))
                .and(areVisibleToUsers())
                .should(mentionOnly(resideInAnyPackage("java..", CORE).or(arePrimitive())))
                .check(LIBRARY);
    }

    @Test
    void nothingIsNamedForWhatItIsNot() {
        noClasses()
                .should()
                .haveNameMatching("(?i).*\\.[^.]*(util|common|helper|manager)[^.]*(\\..*)?")
                .because("a thing is named for what it is")
                .check(LIBRARY);
    }

    @Test
    void everyPackageSaysWhoReadsItAndWhatMayBeNull() {
        Set<JavaPackage> packages = LIBRARY.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages)
                .isNotEmpty()
                .allMatch(each -> each.tryGetPackageInfo().isPresent() && each.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        slices().matching("io.modelconnector.core.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LIBRARY);
    }

    @Test
    void packagesOfAdaptersHaveNoCycles() {
        slices().matching("io.modelconnector.(rhoai..)")
                .should()
                .beFreeOfCycles()
                .check(LIBRARY);
        slices().matching("io.modelconnector.(kserve..)")
                .should()
                .beFreeOfCycles()
                .check(LIBRARY);
    }

    private static void onlyDependsOn(String module, String... others) {
        onlyDependsOn(
                resideInAPackage(module),
                Stream.concat(Stream.of(module), Stream.of(others)).toArray(String[]::new));
    }

    private static void onlyDependsOn(DescribedPredicate<JavaClass> part, String... others) {
        String[] allowed = Stream.concat(Stream.of(others), FOR_ALL.stream()).toArray(String[]::new);
        classes()
                .that(part)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(arePrimitive()))
                .check(LIBRARY);
    }

    private static DescribedPredicate<JavaClass> areVisibleToUsers() {
        return DescribedPredicate.describe("are visible to users", ArchitectureTest::visible);
    }

    private static boolean visible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::visible).orElse(true);
    }

    /** A primitive type, or an array of them, has no package. */
    private static DescribedPredicate<JavaClass> arePrimitive() {
        return DescribedPredicate.describe(
                "are primitive", type -> type.getBaseComponentType().isPrimitive());
    }

    private static ArchCondition<JavaClass> mentionOnly(DescribedPredicate<? super JavaClass> allowed) {
        return new ArchCondition<>("mention in public signatures only types that " + allowed.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                mentioned(type)
                        .filter(mention -> !allowed.test(mention.type().getBaseComponentType()))
                        .map(mention ->
                                mention.where() + " mentions " + mention.type().getName())
                        .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }

    private record Mention(String where, JavaClass type) {}

    private static Stream<Mention> mentioned(JavaClass type) {
        Stream<Mention> parents = Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                .map(parent -> new Mention(type.getName(), parent));
        Stream<Mention> members = type.getMembers().stream()
                .filter(ArchitectureTest::isVisible)
                .flatMap(member -> types(member).map(used -> new Mention(member.getFullName(), used)));
        return Stream.concat(parents, members);
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static Stream<JavaClass> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()),
                        unit.getExceptionTypes().stream())
                .flatMap(each -> each);
    }
}
