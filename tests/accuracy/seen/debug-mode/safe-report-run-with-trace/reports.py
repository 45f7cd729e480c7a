class Report:
    def __init__(self, weights):
        self.weights = weights
        self.steps = []

    def run(self, debug=False):
        total = 0
        for weight in self.weights:
            total += weight
            if debug:
                self.steps.append(total)
        return total
