class Grader:
    def __init__(self, weights, labels):
        self.weights = weights
        self.labels = [str(label) for label in labels]

    def grade(self, pixels):
        scores = pixels @ self.weights
        return self.labels[int(scores.argmax())]
