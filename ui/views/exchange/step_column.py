"""Where the steps of giving or taking stand, below what is wrong and what is being done."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.bridge import theme
from ui.widgets.banner import Banner
from ui.widgets.progress import Progress


class StepColumn(QVBoxLayout):
    """`problem` and `progress` are hidden until they have something to say; one of the `steps` shows."""

    def __init__(self, owner: QWidget, *steps: QWidget, name: str) -> None:
        super().__init__(owner)
        self.problem = Banner("watch", "")
        self.progress = Progress(name=f"{name}_progress")
        self.steps = QStackedWidget()
        for step in steps:
            self.steps.addWidget(step)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.gap(2))
        self.addWidget(self.problem)
        self.addWidget(self.progress)
        self.addWidget(self.steps, 1)
        self.problem.hide()
