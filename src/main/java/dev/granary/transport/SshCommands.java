package dev.granary.transport;

import dev.granary.api.Failures;
import dev.granary.api.Languages;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ClientAddress;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.repositories.CloneAddresses;
import dev.granary.transport.GitMetrics.Outcome;
import dev.granary.transport.SshCommand.Streams;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.shell.ShellFactory;
import org.eclipse.jgit.transport.PacketLineOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** The commands of Git over SSH: clone and push, a greeting for those who only knock, nothing else. */
@Component
class SshCommands implements CommandFactory, ShellFactory {
    private static final Logger log = LoggerFactory.getLogger(SshCommands.class);
    private static final String TRANSPORT = "ssh";

    /** What Git clients send: the command and one path in single quotes; within them a quote is written as '\''. */
    private static final Pattern GIT = Pattern.compile("(git[- ][a-z-]+) +('(?:[^']|'\\\\'')*'|[^' ]+)");

    private final GitService git;
    private final GitWorkers workers;
    private final GitMetrics metrics;
    private final SshCallers callers;
    private final CloneAddresses addresses;
    private final Failures texts;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closing;

    SshCommands(
            GitService git,
            GitWorkers workers,
            GitMetrics metrics,
            SshCallers callers,
            CloneAddresses addresses,
            Failures texts) {
        this.git = git;
        this.workers = workers;
        this.metrics = metrics;
        this.callers = callers;
        this.addresses = addresses;
        this.texts = texts;
    }

    @Override
    public Command createCommand(ChannelSession channel, String command) {
        return new SshCommand(streams -> dispatch(streams, command), running);
    }

    @Override
    public Command createShell(ChannelSession channel) {
        return new SshCommand(this::greet, running);
    }

    /** From now on commands are refused; those that run may end. */
    void refuseNew() {
        closing = true;
    }

    /** How many commands have not told their clients yet how they ended. */
    int running() {
        return running.get();
    }

    private int dispatch(Streams streams, String line) throws IOException {
        var locale = locale(streams.environment());
        var match = GIT.matcher(line.strip());
        if (!match.matches()) {
            return complain(streams.err(), new Problem(ErrorCode.SSH_COMMAND), locale);
        }
        var name = match.group(1).replace(' ', '-');
        if (name.equals("git-upload-archive")) {
            return refuse(streams.out(), new Problem(ErrorCode.REMOTE_ARCHIVE), locale);
        }
        var command = GitCommand.ofWireName(name).orElse(null);
        if (command == null) {
            return complain(streams.err(), new Problem(ErrorCode.SSH_COMMAND), locale);
        }
        try (var _ = MDC.putCloseable("request_id", Ids.newUuid())) {
            return serve(streams, command, GitPath.of(unquote(match.group(2))), locale);
        }
    }

    private int serve(Streams streams, GitCommand command, Optional<GitPath> path, Locale locale) throws IOException {
        try (var _ = ClientAddress.of(SshAccess.address(streams.session()))) {
            return serveClient(streams, command, path, locale);
        }
    }

    private int serveClient(Streams streams, GitCommand command, Optional<GitPath> path, Locale locale)
            throws IOException {
        var access = new SshAccess(streams.session(), command, path);
        var sample = metrics.start();
        var outcome = Outcome.FAILED;
        try {
            if (closing) {
                throw new Problem(ErrorCode.BUSY);
            }
            var caller = callers.of(streams.session()).orElseThrow(() -> new Problem(ErrorCode.UNAUTHENTICATED));
            access.by(caller);
            var repository = git.require(caller, path, command);
            if (path.filter(place -> !place.isPlaceOf(repository)).isPresent()) {
                var notice = texts.text("ssh.moved", locale, addresses.ssh(repository)) + "\n";
                streams.err().write(notice.getBytes(StandardCharsets.UTF_8));
                streams.err().flush();
            }
            var session = git.session(caller, repository, command, locale, version2(streams.environment()), false);
            var in = metrics.counted(streams.in(), TRANSPORT, command);
            var out = metrics.counted(access.counted(streams.out()), TRANSPORT, command);
            workers.run(() -> git.serve(session, in, out, streams.err()));
            outcome = Outcome.OK;
            access.status(SshAccess.OK);
            return 0;
        } catch (Problem problem) {
            outcome = Outcome.REFUSED;
            access.status(problem.code().status());
            return refuse(streams.out(), problem, locale);
        } catch (IOException e) {
            access.status(SshAccess.CLIENT_GONE);
            log.info("{} of {} ended early: {}", command.wireName(), access.path(), e.toString());
            return 1;
        } finally {
            access.write();
            metrics.end(sample, TRANSPORT, command, outcome);
        }
    }

    private int greet(Streams streams) throws IOException {
        var locale = locale(streams.environment());
        var name = callers.of(streams.session()).map(Caller::label).orElse("?");
        var text = texts.text("ssh.greeting", locale, name);
        streams.err().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        return 0;
    }

    /** Git clients show what comes in an ERR line; whatever stands on standard error may look like noise of ssh. */
    private int refuse(OutputStream out, Problem problem, Locale locale) throws IOException {
        var lines = new PacketLineOut(out);
        lines.writeString("ERR " + texts.text(problem, locale));
        lines.flush();
        return 1;
    }

    private int complain(OutputStream err, Problem problem, Locale locale) throws IOException {
        err.write((texts.text(problem, locale) + "\n").getBytes(StandardCharsets.UTF_8));
        return 1;
    }

    private static String unquote(String argument) {
        return argument.startsWith("'")
                ? argument.substring(1, argument.length() - 1).replace("'\\''", "'")
                : argument;
    }

    private static boolean version2(Map<String, String> environment) {
        return Arrays.asList(environment.getOrDefault("GIT_PROTOCOL", "").split(":"))
                .contains("version=2");
    }

    private static Locale locale(Map<String, String> environment) {
        for (var variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            var value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return Languages.of(value, Locale.ENGLISH);
            }
        }
        return Locale.ENGLISH;
    }
}
