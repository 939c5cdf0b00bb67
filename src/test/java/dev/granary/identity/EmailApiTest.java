package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class EmailApiTest {
    private static final String SEND = "/v4/user/email-verify-code";
    private static final String EMAILS = "/v4/user/emails";

    private final TestDatabase database;
    private GreenMail mail;
    private GranaryServer server;
    private Http http;
    private UserAccount user;

    EmailApiTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        server = GranaryServer.start(
                database,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--granary.mail-from=granary@example.com");
        user = server.newUser("mailed");
        http = server.http(user.name(), GranaryServer.PASSWORD);
    }

    @AfterEach
    void stop() {
        server.close();
        mail.stop();
    }

    private String lastCode() throws MessagingException, IOException {
        var messages = mail.getReceivedMessages();
        var code = Pattern.compile("\\d{6}").matcher(String.valueOf(messages[messages.length - 1].getContent()));
        assertThat(code.find()).isTrue();
        return code.group();
    }

    @Test
    void changesTheCommitAddressWithAMailedCode() throws MessagingException, IOException {
        var before = http.get(EMAILS).json();
        assertThat(before.get("commit_email").asString()).isEqualTo(user.email());
        assertThat(before.get("is_default").asBoolean()).isTrue();
        assertThat(before.get("state").asString()).isEqualTo("active");
        assertThat(before.get("username").asString()).isEqualTo(user.uuid());

        var sent = http.with("X-Language", "zh-cn").post(SEND, Map.of("email", "new@example.org"));
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.json().get("result").asString()).isEqualTo("success");
        var message = mail.getReceivedMessages()[0];
        assertThat(message.getAllRecipients()[0]).hasToString("new@example.org");
        assertThat(message.getFrom()[0]).hasToString("granary@example.com");
        assertThat(message.getSubject()).isEqualTo("您的验证码");
        assertThat(sent.text()).doesNotContain(lastCode());
        var soon = http.post(SEND, Map.of("email", "new@example.org"));
        assertThat(soon.status()).isEqualTo(429);
        assertThat(mail.getReceivedMessages()).hasSize(1);

        var code = lastCode();
        var otherAddress = http.put(EMAILS, Map.of("email", "other@example.org", "verify_code", code));
        assertThat(otherAddress.status()).isEqualTo(400);
        var changed = http.put(EMAILS, Map.of("email", "new@example.org", "verify_code", code));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("commit_email").asString()).isEqualTo("new@example.org");
        assertThat(changed.json().get("is_default").asBoolean()).isFalse();
        assertThat(http.get(EMAILS).json().get("commit_email").asString()).isEqualTo("new@example.org");
        assertThat(server.caller(user.name()).email()).isEqualTo("new@example.org");
        var again = http.put(EMAILS, Map.of("email", "new@example.org", "verify_code", code));
        assertThat(again.errorCode()).isEqualTo("CH.090309");

        var guesser = server.newUser("guesser");
        refusesTheRightCodeAfterFiveWrongOnes(server.http(guesser.name(), GranaryServer.PASSWORD));
        refusesBadInputAndTheAnonymous();
        saysWhenTheMailServerIsDown();
    }

    private void refusesTheRightCodeAfterFiveWrongOnes(Http guesser) throws MessagingException, IOException {
        guesser.post(SEND, Map.of("email", "guess@example.org"));
        var code = lastCode();
        for (var attempt = 0; attempt < 5; attempt++) {
            assertThat(guesser.put(EMAILS, Map.of("email", "guess@example.org", "verify_code", "x" + attempt))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(guesser.put(EMAILS, Map.of("email", "guess@example.org", "verify_code", code))
                        .errorCode())
                .isEqualTo("CH.090309");
    }

    private void refusesBadInputAndTheAnonymous() {
        for (var email : new String[] {"", "nobody", "a@b\r\nBcc: c@d", "<a@b>", "a b@c"}) {
            assertThat(http.post(SEND, Map.of("email", email)).status())
                    .as(email)
                    .isEqualTo(400);
        }
        assertThat(http.put(EMAILS, Map.of("email", "a@example.org")).status()).isEqualTo(400);
        assertThat(server.asNobody().get(EMAILS).status()).isEqualTo(401);
        assertThat(server.asNobody().post(SEND, Map.of("email", "a@b.c")).status())
                .isEqualTo(401);
        assertThat(mail.getReceivedMessages()).hasSize(2);
    }

    private void saysWhenTheMailServerIsDown() {
        mail.stop();
        var late = server.http(server.newUser("late").name(), GranaryServer.PASSWORD);
        assertThat(late.post(SEND, Map.of("email", "a@example.org")).status()).isEqualTo(502);
        assertThat(late.post(SEND, Map.of("email", "a@example.org")).status()).isEqualTo(502);
    }

    @Test
    void saysSoWhenNoMailServerIsConfigured() {
        var without = GranaryServer.shared(database);
        var name = without.newUser("unmailed").name();
        var refused = without.http(name, GranaryServer.PASSWORD).post(SEND, Map.of("email", "a@example.org"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("CH.090307");
    }
}
