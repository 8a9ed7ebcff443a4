"""Small models with random weights, of other shapes than the packaged one, in folders as sentence-transformers has."""

import hashlib
from pathlib import Path
from typing import Any

from chatbot.retrieval.model_folder import WEIGHTS

TEXTS = (
    "A broken lamp is repaired within three days.",
    "A reader borrows a book from the library.",
    "The cellar of the archive is dry, says section 12.",
    "Who repairs the lamps of the library? The caretaker does.",
    "passage: query: chairs are counted every winter by the steward",
)
DENSE_DIMENSION, TOKEN_DIMENSION, BERT_DIMENSION, LONGEST = 24, 40, 32, 80


def save_bert(folder: Path) -> Path:
    """A BERT with word pieces, pooled by its first mark, with prompts for questions and passages."""
    from sentence_transformers import SentenceTransformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    trained = BertWordPieceTokenizer()
    trained.train_from_iterator(TEXTS, vocab_size=200, show_progress=False)
    tokenizer = BertTokenizerFast(tokenizer_object=trained._tokenizer, model_max_length=LONGEST)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=BERT_DIMENSION, intermediate_size=32, max_position_embeddings=LONGEST,
        num_hidden_layers=1, initializer_range=0.5, num_attention_heads=2,
    )  # fmt: skip
    modules = _modules(folder, BertModel(config), tokenizer, pooling="cls")
    prompts = {"query": "query: ", "passage": "passage: "}
    return _saved(SentenceTransformer(modules=modules, prompts=prompts, device="cpu"), folder)


def save_xlm_roberta(folder: Path) -> Path:
    """A multilingual kind of model: sentence pieces, no types of tokens, and a dense layer after the pooling."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense
    from tokenizers import SentencePieceUnigramTokenizer
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    marks = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained = SentencePieceUnigramTokenizer()
    trained.train_from_iterator(TEXTS, vocab_size=150, special_tokens=marks, unk_token="<unk>", show_progress=False)
    trained.post_processor = _marked()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=trained._tokenizer, bos_token="<s>", cls_token="<s>", pad_token="<pad>", eos_token="</s>",
        sep_token="</s>", unk_token="<unk>", mask_token="<mask>", model_max_length=LONGEST,
        model_input_names=["input_ids", "attention_mask"],
    )  # fmt: skip
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer), hidden_size=TOKEN_DIMENSION, intermediate_size=32, num_hidden_layers=1,
        max_position_embeddings=LONGEST + 2, num_attention_heads=2, type_vocab_size=1, initializer_range=0.5,
    )  # fmt: skip
    modules = _modules(folder, XLMRobertaModel(config), tokenizer, pooling="mean")
    modules.append(Dense(in_features=TOKEN_DIMENSION, out_features=DENSE_DIMENSION))
    return _saved(SentenceTransformer(modules=modules, prompts={"query": "query: "}, device="cpu"), folder)


def _marked() -> Any:
    from tokenizers.processors import TemplateProcessing

    return TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])


def _modules(folder: Path, model: Any, tokenizer: Any, *, pooling: str) -> list[Any]:
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    plain = folder.with_name(folder.name + "-plain")
    model.save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=LONGEST)
    return [transformer, Pooling(model.config.hidden_size, pooling_mode=pooling)]


def _saved(model: Any, folder: Path) -> Path:
    model.save_pretrained(str(folder))
    assert (folder / WEIGHTS).is_file()
    return folder


def digest_of(folder: Path) -> str:
    """The SHA-256 of a model's weights, as an operator sets it."""
    return hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
