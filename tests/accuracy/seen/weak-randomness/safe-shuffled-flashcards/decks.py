DECKS = {
    "italian": [
        {"front": "bread", "back": "pane"},
        {"front": "water", "back": "acqua"},
        {"front": "train", "back": "treno"},
    ],
    "polish": [
        {"front": "bread", "back": "chleb"},
        {"front": "water", "back": "woda"},
    ],
}
