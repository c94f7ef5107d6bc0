package io.freerouter.demo;

import java.util.Optional;

/** Behind the simulated upstream's paths: which models there are and how everything answers. Called on an event loop. */
public interface World {
    /** How the list of models answers. */
    Script models();

    /** How the list of models for embeddings answers. */
    Script embeddingModels();

    /**
     * How the account's state answers.
     *
     * @param call the request, with a key of some kind
     */
    Script key(Call call);

    /**
     * How the model asked for answers.
     *
     * @param call the request, with a key of some kind and a model
     * @return empty if there is no such model
     */
    Optional<Script> chat(Call call);
}
