package io.freerouter.catalog;

/**
 * A listed model that costs nothing, or whose name promises so, but that is not in the catalog.
 *
 * @param id the model's id
 * @param name its name for people
 * @param reason why it is not in the catalog
 */
public record LeftOutModel(ModelId id, String name, Reason reason) {
    /** Why a model is not in the catalog. */
    public enum Reason {
        /** The name ends in {@code :free}, but something has a price. */
        PRICE("Its name promises that it is free, but its prices do not."),
        /** It answers with something else than a text, or judges texts. */
        PURPOSE("It does not chat: it answers with something else than a text, or it judges texts."),
        /** Its last day is over. */
        EXPIRED("Its last day is over, as OpenRouter announced."),
        /** Its maker stays unknown. */
        PREVIEW(
                "It is a preview: its maker stays unknown and keeps what is sent. freerouter.catalog.previews=true admits it."),
        /** The user wants other models only. */
        NOT_ALLOWED("freerouter.catalog.allow does not name it."),
        /** The user does not want it. */
        DENIED("freerouter.catalog.deny names it."),
        /** The account does not offer it. */
        ACCOUNT(
                "The account's privacy settings or provider lists keep it out, see https://openrouter.ai/settings/privacy.");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** A sentence for people. */
        public String words() {
            return words;
        }
    }
}
