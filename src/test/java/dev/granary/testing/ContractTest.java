package dev.granary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTest {
    @Test
    void findsTheOperationOfAPath() {
        assertThat(found("GET", "/v1/repositories/0123/branch/a%2Fb/file?path=x"))
                .isEqualTo("/v1/repositories/{repository_uuid}/branch/{branch_name}/file");
        assertThat(found("PUT", "/v2/repositories/1/branch/a/b/protect"))
                .isEqualTo("/v2/repositories/{repository_id}/branch/{branch_name}/protect");
        assertThat(found("GET", "/v1/repositories/repoid?x=1")).isEqualTo("/v1/repositories/repoid");
        assertThat(Contract.find("GET", "/v4/nothing/of/that/kind")).isEmpty();
    }

    private static String found(String method, String path) {
        return Contract.find(method, path).orElseThrow().path();
    }

    @Test
    void reportsMissingExtraAndMistypedFields() {
        var keys = Contract.find("POST", "/v1/users/sshkey").orElseThrow();
        assertThat(violations(keys, "{\"status\":\"success\",\"result\":{\"id\":\"1\",\"title\":null,\"key\":\"k\"}}"))
                .isEmpty();
        assertThat(violations(keys, "{\"status\":\"success\",\"result\":{\"id\":1,\"key\":\"k\",\"other\":1}}"))
                .containsExactly(
                        "$.result.id: not a string but 1",
                        "$.result.other: not in the contract",
                        "$.result.title: missing");
        assertThat(violations(keys, "{\"status\":\"success\",\"error\":null,\"result\":null}"))
                .containsExactly("$.error: on success");
        assertThat(violations(keys, "{\"status\":\"failed\",\"error\":{\"code\":\"c\",\"message\":\"m\"}}"))
                .isEmpty();
    }

    @Test
    void holdsIdsTo32Bits() {
        var mirror = Contract.find("GET", "/v4/repositories/1/labels").orElseThrow();
        var label = "[{\"id\":%s,\"name\":\"n\"}]";
        assertThat(violations(mirror, label.formatted("2147483648")))
                .anySatisfy(text -> assertThat(text).startsWith("$[0].id: not an int32"));
        assertThat(violations(mirror, label.formatted("7")))
                .noneSatisfy(text -> assertThat(text).startsWith("$[0].id"));
    }

    private static List<String> violations(Contract.Operation operation, String body) {
        return Contract.violations(operation, body.getBytes(StandardCharsets.UTF_8));
    }
}
