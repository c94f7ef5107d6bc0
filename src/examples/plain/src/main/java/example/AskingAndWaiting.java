package example;

import io.freerouter.AllFailedException;
import io.freerouter.BlockingFreeRouter;
import io.freerouter.ChatAnswer;
import io.freerouter.FreeRouter;
import io.freerouter.QuotaSpentException;

/** Asks and waits, and says why if there is no answer. */
public final class AskingAndWaiting {
    private AskingAndWaiting() {}

    public static void main(String... arguments) {
        try (FreeRouter router = FreeRouter.builder().fromEnvironment().build()) {
            BlockingFreeRouter waiting = router.blocking();
            System.out.println(waiting.models().size() + " models are free");
            ChatAnswer answer = waiting.complete(
                    """
                    {"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}""");
            System.out.println(answer.model() + ", asked as number " + answer.attempts() + ": " + answer.text());
        } catch (QuotaSpentException spent) {
            System.err.println("No more requests until " + spent.resetsAt());
        } catch (AllFailedException failed) {
            failed.attempts().forEach(attempt -> System.err.println(
                    attempt.model() + ": " + attempt.failure().cause()));
        }
    }
}
