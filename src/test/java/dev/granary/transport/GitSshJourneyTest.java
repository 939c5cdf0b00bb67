package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
@Order(1)
class GitSshJourneyTest extends GitJourney {
    @SuppressWarnings("NullAway.Init")
    private SshIdentity identity;

    GitSshJourneyTest(TestDatabase database) {
        super(database);
    }

    @Override
    String url(HostedRepository repository) {
        return TransportFixture.sshUrl(server, repository);
    }

    @Override
    Git git() {
        identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        return Git.in(folder).with("GIT_SSH_COMMAND", identity.command("-o SendEnv=LC_ALL"));
    }

    private Git.Result ssh(String... words) throws IOException {
        var command = new java.util.ArrayList<>(java.util.List.of(
                identity.command("-p " + server.sshPort(), "git@127.0.0.1").split(" ")));
        command.addAll(java.util.List.of(words));
        return Git.in(folder).program(command);
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa,256,ecdsa-sha2-nistp256",
        "ecdsa,384,ecdsa-sha2-nistp384",
        "ecdsa,521,ecdsa-sha2-nistp521",
        "rsa,2048,rsa-sha2-256",
        "rsa,3072,rsa-sha2-512"
    })
    void letsInEveryGoodKindOfKey(String type, String bits, String algorithm) {
        var other = SshIdentity.make(folder, type, "-b", bits);
        TransportFixture.addKey(server, user, other);
        var git = outside.with("GIT_SSH_COMMAND", other.command("-o PubkeyAcceptedAlgorithms=" + algorithm));
        assertThat(git.run("ls-remote", url(repository)).ok().out()).isEmpty();
    }

    @Test
    void exchangesKeysAsTheClientLikesBest() {
        var git = outside.with("GIT_SSH_COMMAND", identity.command().replace(SshIdentity.QUICK, ""));
        assertThat(git.run("ls-remote", url(repository)).ok().out()).isEmpty();
    }

    @Test
    void refusesRsaWithSha1() {
        var rsa = SshIdentity.make(folder, "rsa", "-b", "2048");
        TransportFixture.addKey(server, user, rsa);
        var git = outside.with("GIT_SSH_COMMAND", rsa.command("-o PubkeyAcceptedAlgorithms=ssh-rsa"));
        assertThat(git.run("ls-remote", url(repository)).exit()).isNotZero();
    }

    @Test
    void refusesUnknownKeysAndPasswords() {
        var unknown = SshIdentity.make(folder, "ed25519");
        var refused = outside.with("GIT_SSH_COMMAND", unknown.command()).run("ls-remote", url(repository));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("Permission denied (publickey)");
    }

    @Test
    void takesTheOwnersNameButNoOther() {
        var own = url(repository).replace("git@", user.name() + "@");
        assertThat(outside.run("ls-remote", own).exit()).isZero();
        var foreign = url(repository).replace("git@", "admin@");
        assertThat(outside.run("ls-remote", foreign).exit()).isNotZero();
    }

    @Test
    void greetsAndDoesNothingElse() throws IOException {
        assertThat(ssh("-T").err()).contains("Hi " + user.name());
        var command = ssh("cat", "/etc/passwd");
        assertThat(command.exit()).isEqualTo(1);
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains("Only git clone, fetch and push");
        assertThat(ssh("-s", "sftp").exit()).isNotZero();
        assertThat(ssh("-tt").err()).contains("PTY allocation request failed");
        assertThat(ssh("git-upload-pack '/../../etc'; id").out()).doesNotContain("uid=");
    }

    @Test
    void refusesRemoteArchivesInWords() {
        var refused = outside.run("archive", "--remote=" + url(repository), "HEAD");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("git archive --remote is not served");
    }

    @Test
    void speaksTheLanguageOfTheClient() throws IOException {
        pushFirst();
        var refused = work.with("LC_ALL", "zh_CN.UTF-8").run("push", "origin", ":master");
        assertThat(refused.err()).contains("默认分支");
    }

    @Test
    void keepsItsHostKeysToItself() throws IOException {
        for (var type : new String[] {"ed25519", "ecdsa"}) {
            var file = server.dataFolder().resolve("secrets/ssh_host_" + type + "_key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var fingerprint = Git.in(folder)
                    .program(java.util.List.of("ssh-keygen", "-l", "-f", file.toString()))
                    .ok();
            assertThat(fingerprint.out()).containsIgnoringCase(type);
        }
    }
}
