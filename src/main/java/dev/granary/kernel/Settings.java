package dev.granary.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an operator may set, each as {@code granary.<name>} in {@code application.yaml} or as {@code GRANARY_<NAME>} in
 * the environment.
 *
 * @param dataDir where everything is kept
 * @param host the address to listen on
 * @param httpPort the port of the page, the API and Git over HTTP; 0 for any free one
 * @param sshPort the port of Git over SSH; 0 for any free one
 * @param baseUrl what HTTP clone addresses begin with; absent: made from host and port
 * @param account the name of the one account of this installation
 * @param adminPassword the first administrator's password; absent: generated and printed once
 * @param adminAccessKey the first administrator's access key; absent: generated
 * @param adminSecretKey the first administrator's secret key; absent: generated
 * @param databaseUrl a {@code jdbc:postgresql:} address; absent: the embedded database
 * @param databaseUser the PostgreSQL user, where the address does not carry it
 * @param databasePassword the PostgreSQL password, where the address does not carry it
 * @param defaultBranch the branch that new repositories begin with
 * @param purgeAfter how long a deleted repository is kept in the trash
 * @param mailFrom the sender's address of mails; they are sent where {@code spring.mail.host} is set
 * @param logFormat text for people or json for machines
 * @param outboundAllow networks the server may call although they are local or private, separated by commas: for
 *     mirrors and webhooks; for example {@code 10.1.0.0/16,fd00:1::/32}
 * @param limits bounds on what clients may send
 * @param housekeeping when repositories are tidied up
 * @param mirrors when mirrors and imports run
 * @param jobs how work in the background is shared out
 * @param webhooks how webhooks are delivered
 * @param search how code search goes about its work
 * @param keepEvents how long what happened is remembered, for lists of activity
 */
@ConfigurationProperties("granary")
public record Settings(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int httpPort,
        @DefaultValue("2222") int sshPort,
        @Nullable String baseUrl,
        @DefaultValue("default") String account,
        @Nullable String adminPassword,
        @Nullable String adminAccessKey,
        @Nullable String adminSecretKey,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @DefaultValue("master") String defaultBranch,
        @DefaultValue("7d") Duration purgeAfter,
        @DefaultValue("granary@localhost") String mailFrom,
        @DefaultValue("text") String logFormat,
        @DefaultValue List<String> outboundAllow,
        @DefaultValue Limits limits,
        @DefaultValue Housekeeping housekeeping,
        @DefaultValue Mirrors mirrors,
        @DefaultValue Jobs jobs,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Search search,
        @DefaultValue("90d") Duration keepEvents) {
    private static final int HIGHEST_PORT = 65535;
    private static final int MOST_PERCENT = 100;

    /** Checks what can be checked before anything starts. */
    public Settings {
        requirePort("GRANARY_HTTP_PORT", httpPort);
        requirePort("GRANARY_SSH_PORT", sshPort);
        requireHost(host);
        if (baseUrl != null && !baseUrl.isBlank()) {
            requireUrl(baseUrl);
        }
        if (account.isBlank()) {
            throw new BadSettingException("GRANARY_ACCOUNT", "must not be empty", null);
        }
        if (!logFormat.equals("text") && !logFormat.equals("json")) {
            throw new BadSettingException("GRANARY_LOG_FORMAT", "must be text or json, not " + logFormat, null);
        }
        if (search.processorShare() < 1 || search.processorShare() > MOST_PERCENT) {
            throw new BadSettingException(
                    "GRANARY_SEARCH_PROCESSOR_SHARE", "must be 1 to 100, not " + search.processorShare(), null);
        }
        outboundAllow.forEach(Settings::requireNetwork);
    }

    /** The networks that the server may call although they are local or private. */
    public List<AddressRange> allowedNetworks() {
        return outboundAllow.stream().map(Settings::requireNetwork).toList();
    }

    private static AddressRange requireNetwork(String network) {
        try {
            return AddressRange.network("network", network);
        } catch (Problem e) {
            throw new BadSettingException(
                    "GRANARY_OUTBOUND_ALLOW", network + " is not a network such as 10.1.0.0/16", e);
        }
    }

    private static void requirePort(String setting, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new BadSettingException(setting, port + " is not a port: 0 to " + HIGHEST_PORT, null);
        }
    }

    private static void requireHost(String host) {
        try {
            var address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null) {
                throw new BadSettingException("GRANARY_HOST", host + " is not an address of this machine", null);
            }
        } catch (IOException e) {
            throw new BadSettingException("GRANARY_HOST", host + " is not a known host", e);
        }
    }

    private static void requireUrl(String url) {
        try {
            var uri = new URI(url);
            var scheme = String.valueOf(uri.getScheme());
            if (scheme.matches("https?")
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw new BadSettingException("GRANARY_BASE_URL", "not an address: " + url, e);
        }
        throw new BadSettingException("GRANARY_BASE_URL", "must be http(s)://host[:port][/path], not " + url, null);
    }

    /**
     * When repositories are tidied up in the background.
     *
     * @param sweep how often to look for repositories that need it
     * @param workers how many are tidied up at once
     * @param looseObjects how many loose objects call for packing them
     * @param packs how many small packs call for combining them
     * @param looseRefs how many refs in files of their own call for packing them
     * @param fullObjects how many objects outside the main pack call for a new one, if they are also half as many as
     *     it holds
     * @param retireAfter how long a file stays after all it holds is in a newer pack: longer than a request reads on
     * @param pruneAfter how long an object is kept after it was found unreachable
     */
    public record Housekeeping(
            @DefaultValue("30s") Duration sweep,
            @DefaultValue("1") int workers,
            @DefaultValue("1000") int looseObjects,
            @DefaultValue("20") int packs,
            @DefaultValue("500") int looseRefs,
            @DefaultValue("10000") int fullObjects,
            @DefaultValue("15m") Duration retireAfter,
            @DefaultValue("14d") Duration pruneAfter) {}

    /**
     * When mirrors and imports run.
     *
     * @param workers how many run at once on a node; half of them, at least one, also those that take long
     * @param interval how long after a run of a scheduled mirror the next one comes, unless the mirror says otherwise
     * @param retryAfter how soon a scheduled mirror tries again after a failure; twice as late after each further one
     * @param deadline the longest that one run may take
     */
    public record Mirrors(
            @DefaultValue("4") int workers,
            @DefaultValue("10m") Duration interval,
            @DefaultValue("1m") Duration retryAfter,
            @DefaultValue("4h") Duration deadline) {}

    /**
     * How work in the background is shared out.
     *
     * @param poll how often to look for work that is due
     * @param heartbeat how often a node says that it still works on something; another takes over after four that fail
     *     to come
     */
    public record Jobs(
            @DefaultValue("2s") Duration poll,
            @DefaultValue("10s") Duration heartbeat) {}

    /**
     * How webhooks are delivered.
     *
     * @param connectTimeout how long a connection to a receiver may take
     * @param timeout how long a delivery may take in all
     * @param retryAfter how soon a delivery that failed is tried again; twice as late after each further failure, an hour
     *     at most
     * @param retryFor how long it is tried, before it goes to the dead ones and the next gets its turn
     * @param disableAfter how long a webhook may fail before nothing is sent to it any more
     * @param keepLogs how long attempts and deliveries are kept, the dead ones among them
     * @param perReceiver how many deliveries to one receiver are under way at once on a node
     * @param workers how many deliveries are under way at once on a node; half of them at most to webhooks that fail
     */
    public record Webhooks(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("10s") Duration retryAfter,
            @DefaultValue("1d") Duration retryFor,
            @DefaultValue("4d") Duration disableAfter,
            @DefaultValue("30d") Duration keepLogs,
            @DefaultValue("8") int perReceiver,
            @DefaultValue("256") int workers) {}

    /**
     * How code search goes about its work.
     *
     * @param processorShare how many percent of one processor a node takes at most to keep its index of files up to date, 1
     *     to 100
     */
    public record Search(@DefaultValue("50") int processorShare) {}

    /**
     * Bounds on what clients may send.
     *
     * @param body the largest body of an API request
     * @param upload the largest body of an API request that carries file content
     * @param pack the largest pack of one push
     * @param pushedFile the largest file in a push
     * @param uploadedFile the largest file in a commit made by API, and the largest whose content the API gives
     * @param refs the most refs a repository may have
     * @param gitWorkers how many Git requests run at once; absent: eight per core
     * @param cloneCache how much of the disk answers to clones may take, so that the same one is not made again; 0: none
     * @param longestWait how long a Git request waits for its turn, and a large upload for memory, before it is told to come
     *     back later: less than a proxy in front waits for an answer
     */
    public record Limits(
            @DefaultValue("1MB") DataSize body,
            @DefaultValue("70MB") DataSize upload,
            @DefaultValue("10GB") DataSize pack,
            @DefaultValue("200MB") DataSize pushedFile,
            @DefaultValue("50MB") DataSize uploadedFile,
            @DefaultValue("200000") int refs,
            @Nullable Integer gitWorkers,
            @DefaultValue("4GB") DataSize cloneCache,
            @DefaultValue("30s") Duration longestWait) {}

    @Override
    public String toString() {
        return "Settings[dataDir=%s, host=%s, httpPort=%d, sshPort=%d]".formatted(dataDir, host, httpPort, sshPort);
    }
}
