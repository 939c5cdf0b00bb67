import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One of the two servers that are compared, both with the same repositories and the same password. */
interface Side {
    String USER = "admin";
    String PASSWORD = "correct horse battery";
    String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    /** What the table calls it. */
    String name();

    /** Where it listens, on the loopback address. */
    int port();

    /** The path of a repository, up to {@code .git}. */
    default String path(String repository) {
        return "/bench/" + repository + ".git";
    }

    /** The processor time it has taken so far, with everything it started. */
    double cpuSeconds();
}
