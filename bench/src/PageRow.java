import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Pages for somebody who has logged in: the time to the first byte, and what a first visit transfers besides the page. */
final class PageRow implements Row {
    private static final int WARM_UP = 150;
    private static final int TIMES = 40;
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"#]+)");
    private static final double KILO = 1000;

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "page";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.FILES, Histories.REFS);
    }

    @Override
    public void measure(Runs runs) {
        var base = "http://127.0.0.1:" + runs.granary().port();
        var cookie = logIn(base);
        var files = "/bench/" + Histories.FILES;
        var refs = "/bench/" + Histories.REFS;
        var file = ReadRow.files(runs).getFirst();
        var pages = new LinkedHashMap<String, String>();
        pages.put("front page", "/");
        pages.put("files of a repository", files);
        pages.put("the same with 20,000 refs", refs);
        pages.put("a file", files + "/-/blob/master/" + file);
        pages.put("commits", files + "/-/commits/master");
        pages.put("branches of 20,000 refs", refs + "/-/branches");
        pages.put("merge requests", files + "/-/merge_requests");
        var request = files + "/-/merge_requests/" + request(runs.granary(), file);
        pages.put("a merge request", request);
        pages.put("its changes", request + "/changes");
        pages.put("settings", files + "/-/settings/general");
        pages.forEach((what, path) -> firstByte(runs, "first byte of: " + what, base + path, cookie));
        weight(runs, base, cookie);
    }

    /** A merge request that changes a file and adds one. */
    private static long request(Granary granary, String file) {
        var id = granary.repositoryId(Histories.FILES);
        var branch = "page-" + System.nanoTime();
        granary.api("POST", "/v2/projects/" + id + "/repository/commits", """
            {"branch": "%s", "start_branch": "master", "commit_message": "Page", "actions": [
              {"action": "update", "file_path": "%s", "content": "changed\\n"},
              {"action": "create", "file_path": "%<s.new", "content": "new\\n"}]}\
            """.formatted(branch, file));
        return MergeRow.request(granary, id, branch);
    }

    private String logIn(String base) {
        var form = "name=" + Side.USER + "&password=" + URLEncoder.encode(Side.PASSWORD, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(base + "/-/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var answer = send(request);
        return answer.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new Failure("No session"))
                .split(";")[0];
    }

    private void firstByte(Runs runs, String what, String address, String cookie) {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Cookie", cookie)
                .header("Accept-Encoding", "gzip")
                .build();
        var samples = new ArrayList<Sample>();
        for (int number = 0; number < WARM_UP + TIMES; number++) {
            var cpu = runs.granary().cpuSeconds();
            var began = System.nanoTime();
            var answer = send(request);
            var millis = (System.nanoTime() - began) / 1e6;
            if (answer.statusCode() != 200) {
                throw new Failure(address + " answers " + answer.statusCode());
            }
            drain(answer);
            if (number >= WARM_UP) {
                samples.add(new Sample(millis, (runs.granary().cpuSeconds() - cpu) * 1000));
            }
        }
        runs.add(new Figure(name(), what, "ms", false, samples, List.of(), Goal.under(50), ""));
    }

    /** Scripts, styles and pictures that the front page and a repository's name, compressed as a browser asks for them. */
    private void weight(Runs runs, String base, String cookie) {
        var assets = new LinkedHashSet<String>();
        for (var path : List.of("/", "/bench/" + Histories.FILES)) {
            var page = HttpRequest.newBuilder(URI.create(base + path))
                    .header("Cookie", cookie)
                    .build();
            var found = ASSET.matcher(new String(drain(send(page)), StandardCharsets.UTF_8));
            while (found.find()) {
                assets.add(found.group(1));
            }
        }
        var bytes = 0L;
        for (var asset : assets) {
            var request = HttpRequest.newBuilder(URI.create(base + asset))
                    .header("Accept-Encoding", "gzip")
                    .build();
            bytes += drain(send(request)).length;
        }
        runs.add(new Figure(
                name(),
                "scripts, styles and pictures of a first visit",
                "kB",
                false,
                List.of(new Sample(bytes / KILO, 0)),
                List.of(),
                Goal.under(150),
                assets.size() + " files"));
    }

    /** Returns when the head of the answer is there. */
    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new Failure("No answer to " + request.uri(), e);
        }
    }

    private static byte[] drain(HttpResponse<InputStream> answer) {
        try (var body = answer.body()) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new Failure("An answer broke off", e);
        }
    }
}
