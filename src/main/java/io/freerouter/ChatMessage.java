package io.freerouter;

/**
 * A message of plain text. For images and tool calls, write the request as JSON or as a tree: see {@link ChatCall}.
 *
 * @param role who says it: {@code system}, {@code user} or {@code assistant}
 * @param content what is said
 */
public record ChatMessage(String role, String content) {
    /**
     * Checks that role and content are there.
     *
     * @param role who says it
     * @param content what is said
     */
    public ChatMessage {
        if (role == null || content == null) {
            throw new IllegalArgumentException("A message needs a role and a content");
        }
    }

    /**
     * A message with instructions for the model.
     *
     * @param content what is said
     * @return the message
     */
    public static ChatMessage system(String content) {
        return new ChatMessage("system", content);
    }

    /**
     * A message of the user.
     *
     * @param content what is said
     * @return the message
     */
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    /**
     * A message of the model.
     *
     * @param content what is said
     * @return the message
     */
    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}
