package io.freerouter.demo;

import java.util.Optional;

/** Decides what the simulated upstream answers: its lists of models, its account and its models. Called on an event loop. */
public interface Responder {
    /** How the list of models answers. */
    AnswerScript models();

    /**
     * How the list of the models that an account's settings allow answers.
     *
     * @param call the request, with a key of some kind
     */
    AnswerScript accountModels(ReceivedRequest call);

    /** How the list of models for embeddings answers. */
    AnswerScript embeddingModels();

    /**
     * How the account's state answers.
     *
     * @param call the request, with a key of some kind
     */
    AnswerScript key(ReceivedRequest call);

    /**
     * How the model asked for answers.
     *
     * @param call the request, with a key of some kind and a model
     * @return empty if there is no model of this name
     */
    Optional<AnswerScript> chat(ReceivedRequest call);
}
