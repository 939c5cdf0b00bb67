package dev.granary.testing;

import java.util.Map;

/**
 * One small world, and in it a successful call of every operation the server has, with real data. The answers are
 * checked against the contract as all answers in tests are.
 */
public final class ContractSamples {
    private final GranaryServer server;

    public ContractSamples(GranaryServer server) {
        this.server = server;
    }

    /** Makes every call; the map then tells what was wrong with each operation's answer, an empty text for nothing. */
    public void run(Map<String, String> results) {
        new Run(server, results);
    }

    /** Makes sample calls and takes down what comes of them. */
    interface Calls {
        /** Makes one call, which must succeed. */
        Http.Answer call(String method, String path, Object body);

        /** Says that a test of its own calls an operation, because the shared server cannot answer it. */
        void madeElsewhere(String id);
    }

    private static final class Run implements Calls {
        private final Map<String, String> results;
        private final Http client;

        Run(GranaryServer server, Map<String, String> results) {
            this.results = results;
            this.client = server.asAdmin();
            new KeySamples(this).run(server);
            new RepositorySamples(this).run();
            new GroupSamples(this).run(server);
            new ContentSamples(this).run(server);
            new StatisticsSamples(this).run(server);
            new NavigationSamples(this).run(server);
            new RefSamples(this).run(server);
            new MemberSamples(this).run(server);
            new RuleSamples(this).run(server);
            new SettingSamples(this).run(server);
            new MirrorSamples(this).run(server);
            new WebhookSamples(this).run(server);
            new ReviewSamples(this).run(server);
            new DiscussionSamples(this).run(server);
            new ApprovalSamples(this).run(server);
            new WorkItemSamples(this).run(server);
            new TenantSamples(this).run(server);
            new ActivitySamples(this).run(server);
            call("GET", "/v4/users/impersonation-tokens", null);
        }

        @Override
        public void madeElsewhere(String id) {
            results.put(id, "");
        }

        @Override
        public Http.Answer call(String method, String path, Object body) {
            var id = Contract.find(method, path)
                    .map(Contract.Operation::id)
                    .orElseThrow(() -> new AssertionError("Not in the contract: " + method + " " + path));
            var answer = client.send(method, path, body);
            results.merge(id, answer.status() / 100 == 2 ? "" : answer.toString(), String::concat);
            return answer;
        }
    }
}
