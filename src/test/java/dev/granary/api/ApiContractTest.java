package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Contract;
import dev.granary.testing.ContractSamples;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Holds the routes and answers of the running server to the contract of the public API. */
@OnBothDatabases
class ApiContractTest {
    private final GranaryServer server;
    private final Set<String> routes = new TreeSet<>();

    /** Routes of other services' contracts; one that CodeArts Repo has too answers as the other service. */
    private final Set<String> extensionRoutes =
            Contract.allExtensions().stream().map(Contract.Extension::route).collect(Collectors.toSet());

    ApiContractTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        server.bean(RequestMappingHandlerMapping.class, "requestMappingHandlerMapping")
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(Contract.route(method.name(), path)))));
    }

    @Test
    void everyOperationIsMappedOrListedAsMissing() {
        var listed = Contract.lines("missing-operations.txt");
        assertThat(listed).as("missing-operations.txt is sorted").isSorted();
        var expected = Contract.all().stream()
                .filter(operation -> !isMapped(operation))
                .map(Contract.Operation::line)
                .sorted()
                .toList();
        assertThat(without(listed, expected))
                .as("lines to remove from missing-operations.txt: these are mapped now, or not in the contract")
                .isEmpty();
        assertThat(without(expected, listed))
                .as("operations that have lost their mapping; missing-operations.txt may only shrink")
                .isEmpty();
    }

    @Test
    void everyOtherRouteOfAVersionedPathIsAnExtensionWithAPurpose() {
        var contract = Contract.all().stream().map(Contract.Operation::route).collect(Collectors.toSet());
        var extensions = Contract.allExtensions();
        assertThat(extensions)
                .allSatisfy(extension -> assertThat(extension.purpose()).isNotBlank());
        var others = routes.stream()
                .filter(route -> route.matches("[A-Z]+ /v[1-4](\\.0)?/.*"))
                .filter(route -> !contract.contains(route) || extensionRoutes.contains(route))
                .collect(Collectors.toCollection(TreeSet::new));
        var listed = extensions.stream().map(Contract.Extension::route).sorted().toList();
        assertThat(without(List.copyOf(others), listed))
                .as("routes to add to extensions.txt with a purpose")
                .isEmpty();
        assertThat(without(listed, List.copyOf(others)))
                .as("extensions.txt lists routes that are not mapped")
                .isEmpty();
    }

    @Test
    void everyMappedOperationAnswersARealCallAsTheContractSays() {
        var mapped = Contract.all().stream()
                .filter(this::isMapped)
                .map(Contract.Operation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        var results = new TreeMap<String, String>();
        new ContractSamples(server).run(results);
        assertThat(results.entrySet().stream()
                        .filter(result -> !result.getValue().isEmpty()))
                .as("sample calls that failed")
                .isEmpty();
        assertThat(without(List.copyOf(mapped), List.copyOf(results.keySet())))
                .as("mapped operations without a sample call in ContractSamples")
                .isEmpty();
    }

    private boolean isMapped(Contract.Operation operation) {
        return routes.contains(operation.route()) && !extensionRoutes.contains(operation.route());
    }

    /** The lines that are not among the others, one a line, as they are pasted into the lists. */
    private static String without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).collect(Collectors.joining("\n"));
    }
}
