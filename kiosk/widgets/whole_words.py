"""Words that a line does not break: 類別 in two lines is read as 類, and read again; so is "por".

Chinese is written without spaces and breaks between any two characters. No segmenter is shipped for it: what
the traveller's screens say is known, and these are its words.
"""

from __future__ import annotations

_OURS = """
職員 人員 人员 工作 工作人員 工作人员 協助 协助 通道 人工 閘門 闸门 時間 时间 結果 结果 原因
以及 有否 是否 要求 請求 请求 類別 类别 簽發 签发 機構 机构 顏色 颜色 只有 本站 產生 生成 指紋
指纹 絕不 绝不 保存 本身 一次性 使用 打開 打开 有人 通過 通过 決定 决定 文件 號碼 号码 依據
依据 過關 过关 通關 通关 備註 备注 閱讀 阅读 編號 编号 查閱 查阅 查看 查詢 咨询 紀錄 記錄 记录
清單 清单 列印 打印 所用 語言 语言 停留 期間 期间 看到 遮蓋 遮盖 姓名 證件 证件 出生 日期 影像
聲音 声音 資料 资料 信息 到期 刪除 删除 健康 健康碼 健康码 查核 核验 異議 异议 提供 提出 港口
衞生 卫生 大堂 櫃位 柜台 前往 準備 准备 旅遊 旅行 出示 海關 海关 申報 申报 申領 申领 疫苗 接種
接种 國際 国际 預防 预防 證書 证书 證明 证明 重新 過期 过期 接納 接受 未能 無法 无法 其他 這裏
这里 更新 刷新 生效 稍候 一同 同一 本人 規定 规定 適用 适用 另一 方向 抽查 隨機 随机 正在 呼叫
通知 恢復 恢复 鏡頭 镜头 距離 距离 厘米 小孩 輪椅 轮椅 團體 团体 共用 手機 手机 網址 网址 螢幕
屏幕 延長 延长 語音 语音
"""
_WORDS = (*_OURS.split(), "por favor")
_TRAILING = "的"
"""Belongs to the word before it."""


def inside_words(text: str) -> set[int]:
    """Places in the text, each before a letter of that index, where a line does not break."""
    inside = {at for at, letter in enumerate(text) if letter in _TRAILING}
    for word in _WORDS:
        at = text.find(word)
        while at >= 0:
            inside.update(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    return inside
